// Owns the accounts of people: who there is, what they may, and that there is always an administrator.
import type { User } from '@vigie/shared/api/user'
import type { HostTags, Role } from '@vigie/shared/api/token'
import { sql } from 'kysely'
import type { createAuthentication } from './authentication.ts'
import type { PeopleDatabase } from './people-tables.ts'
import { hostTagsOf, hostTagsText, roleOf } from './sight-columns.ts'

export interface NewAccount {
  readonly email: string
  readonly name?: string | undefined
  readonly role: Role
  readonly hostTags?: HostTags
  /** Left out by who signs in with OpenID Connect. */
  readonly password?: string
}

export interface AccountChange {
  readonly name?: string
  readonly role?: Role
  readonly hostTags?: HostTags
}

export type ChangeOutcome = 'done' | 'unknown' | 'last-administrator'

/** An address as it is kept and compared. */
export function keptEmail(written: string): string {
  return written.toLowerCase()
}

export function createAccounts(
  db: PeopleDatabase,
  authentication: ReturnType<typeof createAuthentication>,
) {
  // In the statement itself, so that of two administrators who remove each other at once one remains.
  const isNotLastAdministrator = sql<boolean>`(role <> 'admin' or (select count(*) from person where role = 'admin') > 1)`

  const exists = async (id: string): Promise<boolean> =>
    (await db.selectFrom('person').select('id').where('id', '=', id).executeTakeFirst()) !==
    undefined

  return {
    async list(): Promise<User[]> {
      const rows = await db
        .selectFrom('person')
        .select((eb) => [
          'id',
          'email',
          'name',
          'role',
          'host_tags_json',
          'created_at',
          'two_factor_enabled',
          eb
            .selectFrom('person_session')
            .whereRef('person_id', '=', 'person.id')
            .select(({ fn }) => fn.max('updated_at').as('seen'))
            .as('last_seen'),
          eb
            .selectFrom('person_session')
            .whereRef('person_id', '=', 'person.id')
            .select(({ fn }) => fn.countAll<number>().as('open'))
            .as('sessions'),
          eb
            .selectFrom('person_account')
            .whereRef('person_id', '=', 'person.id')
            .where('provider_id', '=', 'credential')
            .select(({ fn }) => fn.countAll<number>().as('credentials'))
            .as('passwords'),
        ])
        .orderBy('created_at')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        email: row.email,
        name: row.name,
        role: roleOf(row.role),
        hostTags: hostTagsOf(row.host_tags_json),
        createdMs: Date.parse(row.created_at),
        lastSeenMs: row.last_seen ? Date.parse(row.last_seen) : null,
        sessions: row.sessions ?? 0,
        hasPassword: (row.passwords ?? 0) > 0,
        hasSecondFactor: Boolean(row.two_factor_enabled),
      }))
    },

    async findByEmail(email: string) {
      const row = await db
        .selectFrom('person')
        .select(['id', 'email', 'name', 'role', 'host_tags_json'])
        .where('email', '=', keptEmail(email))
        .executeTakeFirst()
      return row && { ...row, role: roleOf(row.role), hostTags: hostTagsOf(row.host_tags_json) }
    },

    /** The id of the new person. Throws when somebody has the address already: it is unique. */
    async create({ email, name, role, hostTags = null, password }: NewAccount): Promise<string> {
      const { internalAdapter, password: hasher } = await authentication.$context
      const hash = password === undefined ? undefined : await hasher.hash(password)
      const { id } = await internalAdapter.createUser(
        {
          email: keptEmail(email),
          name: name ?? email.slice(0, email.indexOf('@')),
          emailVerified: false,
          role,
          hostTags: hostTagsText(hostTags),
        },
        { method: 'email-password' },
      )
      if (hash !== undefined) await this.setPasswordHash(id, hash)
      return id
    },

    async setPassword(id: string, password: string): Promise<void> {
      const { password: hasher } = await authentication.$context
      await this.setPasswordHash(id, await hasher.hash(password))
    },

    async setPasswordHash(id: string, hash: string): Promise<void> {
      const { internalAdapter } = await authentication.$context
      if (await internalAdapter.findCredentialAccount(id)) {
        await internalAdapter.updatePassword(id, hash)
        return
      }
      await internalAdapter.createAccount({
        userId: id,
        accountId: id,
        providerId: 'credential',
        password: hash,
      })
    },

    /** Of the one that `proven` is the hash of; false when another was set meanwhile, which stays. */
    async replacePassword(
      id: string,
      { proven, password }: { proven: string; password: string },
    ): Promise<boolean> {
      const { password: hasher } = await authentication.$context
      const hash = await hasher.hash(password)
      const { numUpdatedRows } = await db
        .updateTable('person_account')
        .set({ password: hash, updated_at: new Date().toISOString() })
        .where('person_id', '=', id)
        .where('provider_id', '=', 'credential')
        .where('password', '=', proven)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** Undefined for who has none, and for nobody. */
    async passwordHash(id: string): Promise<string | undefined> {
      const { internalAdapter } = await authentication.$context
      return (await internalAdapter.findCredentialAccount(id))?.password ?? undefined
    },

    async isPassword(id: string, password: string): Promise<boolean> {
      const { password: hasher } = await authentication.$context
      const hash = await this.passwordHash(id)
      return hash !== undefined && (await hasher.verify({ hash, password }))
    },

    async change(id: string, { name, role, hostTags }: AccountChange): Promise<ChangeOutcome> {
      let update = db
        .updateTable('person')
        .set({
          updated_at: new Date().toISOString(),
          ...(name !== undefined && { name }),
          ...(role !== undefined && { role }),
          ...(hostTags !== undefined && { host_tags_json: hostTagsText(hostTags) }),
        })
        .where('id', '=', id)
      if (role === 'viewer') update = update.where(isNotLastAdministrator)
      const { numUpdatedRows } = await update.executeTakeFirst()
      if (numUpdatedRows === 1n) return 'done'
      return (await exists(id)) ? 'last-administrator' : 'unknown'
    },

    /** With sessions, password and second factor, which go with the row. */
    async remove(id: string): Promise<ChangeOutcome> {
      const { numDeletedRows } = await db
        .deleteFrom('person')
        .where('id', '=', id)
        .where(isNotLastAdministrator)
        .executeTakeFirst()
      if (numDeletedRows === 1n) return 'done'
      return (await exists(id)) ? 'last-administrator' : 'unknown'
    },
  }
}

export type Accounts = ReturnType<typeof createAccounts>
