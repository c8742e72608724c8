// Owns enrolments: invitations that are good once and for a short time, and the host that each made.
import type { Transaction } from 'kysely'
import { hostOf, type AgentFacts, type HostRecord } from './host-records.ts'
import type { Database, Schema } from './schema.ts'

export interface EnrolmentRecord {
  readonly id: string
  /** SHA-256 of the secret's text, base64url. */
  readonly secretSha256: string
  readonly name: string | null
  readonly expiresAtMs: number
  readonly usedMs: number | null
  readonly hostId: number | null
}

export interface NewHost extends AgentFacts {
  readonly enrolmentId: string
  readonly publicKey: string
  readonly hostname: string
  readonly nowMs: number
}

export function createEnrolmentRecords(db: Database) {
  return {
    async add(
      enrolment: Pick<EnrolmentRecord, 'id' | 'secretSha256' | 'name' | 'expiresAtMs'>,
      nowMs: number,
    ): Promise<void> {
      await db
        .insertInto('enrolment')
        .values({
          id: enrolment.id,
          secret_sha256: enrolment.secretSha256,
          name: enrolment.name,
          created_ms: nowMs,
          expires_ms: enrolment.expiresAtMs,
          used_ms: null,
          host_id: null,
        })
        .execute()
    },

    async find(id: string): Promise<EnrolmentRecord | undefined> {
      const row = await db
        .selectFrom('enrolment')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return (
        row && {
          id: row.id,
          secretSha256: row.secret_sha256,
          name: row.name,
          expiresAtMs: row.expires_ms,
          usedMs: row.used_ms,
          hostId: row.host_id,
        }
      )
    },

    /** Deletes what was spent, or has expired, before a time; the hosts that came of it stay. Returns how many went. */
    async deleteEndedBefore(beforeMs: number): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('enrolment')
        .where((row) => row.fn.coalesce('used_ms', 'expires_ms'), '<', beforeMs)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },

    /** Makes the host and spends the enrolment, both or neither; undefined when it is spent, expired or unknown. */
    async redeem(host: NewHost): Promise<HostRecord | undefined> {
      return db.transaction().execute(async (transaction) => {
        const spent = await transaction
          .updateTable('enrolment')
          .set({ used_ms: host.nowMs })
          .where('id', '=', host.enrolmentId)
          .where('used_ms', 'is', null)
          .where('expires_ms', '>', host.nowMs)
          .returning('name')
          .executeTakeFirst()
        if (!spent) return undefined
        const row = await transaction
          .insertInto('host')
          .values({
            name: await freeName(transaction, spent.name ?? host.hostname),
            public_key: host.publicKey,
            created_ms: host.nowMs,
            boot_id: host.bootId,
            agent_version: host.agentVersion,
            interval_ms: host.intervalMs,
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        await transaction
          .updateTable('enrolment')
          .set({ host_id: row.id })
          .where('id', '=', host.enrolmentId)
          .execute()
        return hostOf(row)
      })
    },
  }
}

// The names of a whole fleet are read only for a name that is taken.
async function freeName(db: Transaction<Schema>, wanted: string): Promise<string> {
  const same = db.selectFrom('host').select('id').where('name', '=', wanted)
  if (!(await same.executeTakeFirst())) return wanted
  const rows = await db.selectFrom('host').select('name').execute()
  const taken = new Set(rows.map((row) => row.name))
  let number = 2
  while (taken.has(`${wanted}-${number}`)) number++
  return `${wanted}-${number}`
}
