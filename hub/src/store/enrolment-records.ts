// Owns enrolments: invitations that are good for one machine or some and for a time, and the host that came of each last.
import type { Transaction } from 'kysely'
import { admit, type Admission, type Invited, type Newcomer } from './admission.ts'
import type { Database, Schema } from './schema.ts'
import { insertWaiting } from './waiting-machines.ts'

export interface EnrolmentRecord {
  readonly id: string
  /** SHA-256 of the secret's text, base64url. */
  readonly secretSha256: string
  readonly name: string | null
  readonly expiresAtMs: number
  readonly usedMs: number | null
  readonly hostId: number | null
  /** A machine came with it and waits for approval. */
  readonly isAwaited: boolean
}

export interface NewHost extends Newcomer {
  readonly enrolmentId: string
  readonly nowMs: number
}

/** `address` is the one from which the machine came. */
export type NewWaiting = NewHost & { readonly address: string }

export function createEnrolmentRecords(db: Database) {
  return {
    async add(
      enrolment: Pick<EnrolmentRecord, 'id' | 'secretSha256' | 'name' | 'expiresAtMs'> & {
        /** The host whose agent it replaces. */
        readonly replacesHostId?: number | null
        /** How many machines may join with it; one when left out. */
        readonly maxUses?: number
      },
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
          replaces_host_id: enrolment.replacesHostId ?? null,
          max_uses: enrolment.maxUses ?? 1,
        })
        .execute()
    },

    async find(id: string): Promise<EnrolmentRecord | undefined> {
      const row = await db
        .selectFrom('enrolment')
        .selectAll()
        .select((enrolment) =>
          enrolment
            .selectFrom('waiting_machine')
            .select('waiting_machine.id')
            .whereRef('enrolment_id', '=', 'enrolment.id')
            .limit(1)
            .as('waiting'),
        )
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
          isAwaited: row.waiting !== null,
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

    /** Spends the enrolment and admits the machine, both or neither; undefined when it is spent, expired or unknown. */
    redeem: (host: NewHost): Promise<Admission | undefined> =>
      db.transaction().execute(async (transaction) => {
        const invited = await spend(transaction, host)
        if (!invited) return undefined
        const admission = await admit(transaction, host, { invited, nowMs: host.nowMs })
        await transaction
          .updateTable('enrolment')
          .set({ host_id: admission.host.id })
          .where('id', '=', host.enrolmentId)
          .execute()
        return admission
      }),

    /** The same of a machine that has to be approved, which waits from then on; false where `redeem` has no answer. */
    redeemLater: (machine: NewWaiting): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const invited = await spend(transaction, machine)
        if (invited) await insertWaiting(transaction, { ...machine, ...invited })
        return invited !== undefined
      }),
  }
}

function spend(
  transaction: Transaction<Schema>,
  { enrolmentId, nowMs }: Pick<NewHost, 'enrolmentId' | 'nowMs'>,
): Promise<Invited | undefined> {
  return transaction
    .updateTable('enrolment')
    .set((row) => ({
      uses: row('uses', '+', 1),
      used_ms: row
        .case()
        .when(row('uses', '+', 1), '>=', row.ref('max_uses'))
        .then(nowMs)
        .else(null)
        .end(),
    }))
    .where('id', '=', enrolmentId)
    .where('used_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .returning(['name', 'replaces_host_id'])
    .executeTakeFirst()
}
