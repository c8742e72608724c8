// Owns links that let somebody in once: an invite makes an account, a reset sets a new password. Only hashes are kept.
import { createHash, randomBytes } from 'node:crypto'
import type { Invite } from '@vigie/shared/api/invite'
import type { HostTags, Role } from '@vigie/shared/api/token'
import type { Selectable } from 'kysely'
import type { Clock } from '../clock.ts'
import type { PeopleDatabase, PeopleSchema } from './people-tables.ts'
import { hostTagsOf, hostTagsText, roleOf } from './sight-columns.ts'

const INVITE_LIFE_MS = 7 * 86_400_000
const RESET_LIFE_MS = 86_400_000
const MAX_INVITES = 200

export interface NewInvite {
  readonly email: string
  /** Whose password it sets; left out: it makes an account. */
  readonly personId?: string
  readonly role: Role
  readonly hostTags: HostTags
  readonly createdBy: string
}

export interface KnownInvite extends Invite {
  readonly personId: string | null
}

export function createInvites(db: PeopleDatabase, clock: Clock) {
  const good = () => db.selectFrom('invite').selectAll().where('expires_ms', '>', clock.nowMs())

  return {
    /** `token` is known only now. An earlier link of the same kind to the same address ends. Undefined: there are too many. */
    async issue(wanted: NewInvite) {
      const { email, personId = null, role, hostTags, createdBy } = wanted
      const token = `invite_${randomBytes(32).toString('base64url')}`
      const id = randomBytes(9).toString('base64url')
      const createdMs = clock.nowMs()
      const expiresMs = createdMs + (personId === null ? INVITE_LIFE_MS : RESET_LIFE_MS)
      const isIssued = await db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('invite')
          .where((eb) => eb.or([eb('expires_ms', '<=', createdMs), eb('email', '=', email)]))
          .execute()
        const { count } = await transaction
          .selectFrom('invite')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        if (count >= MAX_INVITES) return false
        await transaction
          .insertInto('invite')
          .values({
            id,
            token_sha256: hashOf(token),
            email,
            person_id: personId,
            role,
            host_tags_json: hostTagsText(hostTags),
            created_by: createdBy,
            created_ms: createdMs,
            expires_ms: expiresMs,
          })
          .execute()
        return true
      })
      return isIssued ? { id, token, expiresMs } : undefined
    },

    async list(): Promise<Invite[]> {
      const rows = await good().orderBy('created_ms', 'desc').execute()
      return rows.map(inviteOf)
    },

    async find(token: string): Promise<KnownInvite | undefined> {
      const row = await good().where('token_sha256', '=', hashOf(token)).executeTakeFirst()
      return row && { ...inviteOf(row), personId: row.person_id }
    },

    /** An open invite, not a reset, to this address. */
    async findFor(email: string): Promise<Invite | undefined> {
      const row = await good()
        .where('email', '=', email)
        .where('person_id', 'is', null)
        .executeTakeFirst()
      return row && inviteOf(row)
    },

    /** Spends one, and says whether it was there: of any number at once, one is told true. */
    async end(id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('invite')
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows === 1n
    },
  }
}

function inviteOf(row: Selectable<PeopleSchema['invite']>): Invite {
  return {
    id: row.id,
    kind: row.person_id === null ? 'invite' : 'reset',
    email: row.email,
    role: roleOf(row.role),
    hostTags: hostTagsOf(row.host_tags_json),
    createdBy: row.created_by,
    createdMs: row.created_ms,
    expiresMs: row.expires_ms,
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
