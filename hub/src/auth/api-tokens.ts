// Owns API tokens: secrets by which programs come in, of which the hub keeps only a hash.
import { createHash, randomBytes } from 'node:crypto'
import type { ApiToken, HostTags, Role } from '@vigie/shared/api/token'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Database } from '../store/schema.ts'
import type { PeopleSchema } from './people-tables.ts'
import { hostTagsOf, hostTagsText, roleOf } from './sight-columns.ts'

/** The prefix lets secret scanners, and people, see what it is. */
const TOKEN = /^vigie_[A-Za-z0-9_-]{43}$/
// Prometheus comes every few seconds: its last use is not worth a write each time.
const NOTE_USE_EVERY_MS = 60_000

export interface NewToken {
  readonly name: string
  readonly role: Role
  readonly hostTags?: HostTags
  readonly expiresMs?: number | null
  /** The command line makes it for itself, for as long as it works. */
  readonly isCommand?: boolean
}

export interface TokenHolder {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly hostTags: HostTags
}

export type ApiTokens = ReturnType<typeof createApiTokens>

export interface ApiTokenOptions {
  readonly log?: Pick<FastifyBaseLogger, 'warn'>
  /** A token ended before its time: who watches with it is looked at again. */
  readonly onEnded?: () => void
}

/** The id of a token that the command line makes for itself begins so: what is done with it is a command's doing. */
export const COMMAND_TOKEN = 'command-'

/** The tokens in `db`, whose table is there (migrations/0003-create-api-tokens.ts). */
export function createApiTokens(
  db: Database,
  clock: Clock,
  { log, onEnded = () => undefined }: ApiTokenOptions = {},
) {
  const tokens = db.$extendTables<PeopleSchema>()

  // A disk that is full refuses nobody: that is when a hub is looked at.
  const noteUse = async (id: string, nowMs: number): Promise<void> => {
    const use = tokens.updateTable('api_token').set({ last_used_ms: nowMs })
    try {
      await use.where('id', '=', id).execute()
    } catch (error) {
      log?.warn({ err: error }, 'the use of a token could not be noted')
    }
  }

  return {
    /** `token` is known only now and cannot be asked for again. */
    async create({
      hostTags = null,
      expiresMs = null,
      isCommand = false,
      ...wanted
    }: NewToken): Promise<{ id: string; token: string }> {
      const id = `${isCommand ? COMMAND_TOKEN : ''}${randomBytes(9).toString('base64url')}`
      const token = `vigie_${randomBytes(32).toString('base64url')}`
      await tokens
        .insertInto('api_token')
        .values({
          id,
          ...wanted,
          token_sha256: hashOf(token),
          host_tags_json: hostTagsText(hostTags),
          created_ms: clock.nowMs(),
          expires_ms: expiresMs,
          last_used_ms: null,
        })
        .execute()
      return { id, token }
    },

    /** Whose token it is, or undefined. Only its hash is looked up, so that the time taken tells nothing of a token. */
    async find(token: string): Promise<TokenHolder | undefined> {
      if (!TOKEN.test(token)) return undefined
      const row = await tokens
        .selectFrom('api_token')
        .select(['id', 'name', 'role', 'host_tags_json', 'expires_ms', 'last_used_ms'])
        .where('token_sha256', '=', hashOf(token))
        .executeTakeFirst()
      if (!row) return undefined
      const nowMs = clock.nowMs()
      if (row.expires_ms !== null && row.expires_ms <= nowMs) return undefined
      if (Math.abs(nowMs - (row.last_used_ms ?? -Infinity)) >= NOTE_USE_EVERY_MS) {
        await noteUse(row.id, nowMs)
      }
      return {
        id: row.id,
        name: row.name,
        role: roleOf(row.role),
        hostTags: hostTagsOf(row.host_tags_json),
      }
    },

    async list(): Promise<ApiToken[]> {
      const rows = await tokens
        .selectFrom('api_token')
        .selectAll()
        .where('id', 'not like', `${COMMAND_TOKEN}%`)
        .orderBy('created_ms')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        role: roleOf(row.role),
        hostTags: hostTagsOf(row.host_tags_json),
        createdMs: row.created_ms,
        lastUsedMs: row.last_used_ms,
        expiresMs: row.expires_ms,
      }))
    },

    /** Ends a token at once; false when there is none with that id. */
    async delete(id: string): Promise<boolean> {
      const { numDeletedRows } = await tokens
        .deleteFrom('api_token')
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 1n) onEnded()
      return numDeletedRows === 1n
    },

    async count(): Promise<number> {
      const { count } = await tokens
        .selectFrom('api_token')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
