// Owns the audit log: entries are added and forgotten after a year, and never changed.
import type { AuditEntry } from '@vigie/shared/api/audit'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database, Schema } from '../store/schema.ts'
import { TokenBucket } from '../token-bucket.ts'

type AuditSchema = {
  audit_entry: {
    id: number
    time_ms: number
    actor_kind: string
    actor_id: string | null
    actor_name: string | null
    address: string | null
    action: string
    target: string | null
    detail: string | null
    outcome: string
  }
}

export type NewEntry = Omit<AuditEntry, 'id' | 'timeMs'>

export interface AuditQuery {
  /** An id or a name, whole. */
  readonly who?: string
  /** `user.role`, or `user` for all of that. */
  readonly action?: string
  readonly beforeId?: number
  readonly limit: number
}

const KEPT_MS = 366 * 86_400_000
const MAX_ENTRIES = 500_000
const MAX_LENGTH = 200
// What strangers are refused fills no disk: of a flood a sample is kept.
const STRANGERS = { burst: 100, perSecond: 0.2 }

export interface AuditLogOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Pick<FastifyBaseLogger, 'error'>
}

/** In `db`, whose table is there (migrations/0012-create-access.ts). */
export function createAuditLog({ db, clock, log }: AuditLogOptions) {
  const entries: Kysely<Schema & AuditSchema> = db.$extendTables<AuditSchema>()
  const strangers = new TokenBucket(STRANGERS, clock.elapsedMs())

  return {
    /** Never rejects: what has happened has, and a disk that is full is told of elsewhere. */
    async append(entry: NewEntry): Promise<void> {
      const isStranger = entry.actorKind === 'nobody' && entry.outcome !== 'done'
      if (isStranger && !strangers.take(clock.elapsedMs())) return
      try {
        await entries
          .insertInto('audit_entry')
          .values({
            time_ms: clock.nowMs(),
            actor_kind: entry.actorKind,
            actor_id: short(entry.actorId),
            actor_name: short(entry.actorName),
            address: short(entry.address),
            action: entry.action,
            target: short(entry.target),
            detail: short(entry.detail),
            outcome: entry.outcome,
          } as AuditSchema['audit_entry'])
          .execute()
      } catch (error) {
        log.error({ err: error, action: entry.action }, 'the audit log could not be written')
      }
    },

    /** The newest first. */
    async page({ who, action, beforeId, limit }: AuditQuery): Promise<AuditEntry[]> {
      let found = entries.selectFrom('audit_entry').selectAll()
      if (beforeId !== undefined) found = found.where('id', '<', beforeId)
      if (who !== undefined) {
        found = found.where((eb) => eb.or([eb('actor_id', '=', who), eb('actor_name', '=', who)]))
      }
      if (action !== undefined) {
        // From the dot on to the character after it: everything that begins so.
        found = found.where((eb) =>
          eb.or([
            eb('action', '=', action),
            eb.and([eb('action', '>', `${action}.`), eb('action', '<', `${action}/`)]),
          ]),
        )
      }
      const rows = await found.orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => ({
        id: row.id,
        timeMs: row.time_ms,
        actorKind: row.actor_kind as AuditEntry['actorKind'],
        actorId: row.actor_id,
        actorName: row.actor_name,
        address: row.address,
        action: row.action,
        target: row.target,
        detail: row.detail,
        outcome: row.outcome as AuditEntry['outcome'],
      }))
    },

    /** What is older than a year, and the oldest of more than can be kept. */
    async forget(maxEntries = MAX_ENTRIES): Promise<void> {
      const newest = await entries
        .selectFrom('audit_entry')
        .select(({ fn }) => fn.max('id').as('id'))
        .executeTakeFirst()
      await entries
        .deleteFrom('audit_entry')
        .where((eb) =>
          eb.or([
            eb('time_ms', '<', clock.nowMs() - KEPT_MS),
            eb('id', '<=', (newest?.id ?? 0) - maxEntries),
          ]),
        )
        .execute()
    },
  }
}

export type AuditLog = ReturnType<typeof createAuditLog>

function short(words: string | null): string | null {
  if (words === null) return null
  const line = words.replace(/\p{Cc}+/gu, ' ')
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line
}
