// Owns the machines that came with a good token and wait until an administrator approves them, or does not.
import type { Selectable, Transaction } from 'kysely'
import { admit, revokeKey, type Admission, type Newcomer } from './admission.ts'
import type { Database, Schema, WaitingMachineTable } from './schema.ts'

export interface WaitingRecord extends Newcomer {
  readonly id: number
  readonly address: string
  readonly enrolmentId: string
  readonly name: string | null
  readonly replacesHostId: number | null
  readonly askedMs: number
}

export function createWaitingMachines(db: Database) {
  const find = async (from: Database, id: number): Promise<WaitingRecord | undefined> => {
    const row = await from
      .selectFrom('waiting_machine')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row && waitingOf(row)
  }

  return {
    /** Who has waited for longest first. */
    async list(): Promise<WaitingRecord[]> {
      const rows = await db.selectFrom('waiting_machine').selectAll().orderBy('id').execute()
      return rows.map(waitingOf)
    },

    /** Makes a host of it; undefined when it does not wait any more. */
    approve: (id: number, nowMs: number): Promise<Admission | undefined> =>
      db.transaction().execute(async (transaction) => {
        const waiting = await find(transaction, id)
        if (!waiting) return undefined
        const invited = { name: waiting.name, replaces_host_id: waiting.replacesHostId }
        const admission = await admit(transaction, waiting, { invited, nowMs })
        await transaction.deleteFrom('waiting_machine').where('id', '=', id).execute()
        await transaction
          .updateTable('enrolment')
          .set({ host_id: admission.host.id })
          .where('id', '=', waiting.enrolmentId)
          .execute()
        return admission
      }),

    /** Its key is refused from now on; returns it, or undefined when it does not wait any more. */
    refuse: (id: number, nowMs: number): Promise<string | undefined> =>
      db.transaction().execute(async (transaction) => {
        const waiting = await find(transaction, id)
        if (!waiting) return undefined
        await revokeKey(transaction, waiting.publicKey, nowMs)
        await transaction.deleteFrom('waiting_machine').where('id', '=', id).execute()
        return waiting.publicKey
      }),
  }
}

export async function insertWaiting(
  transaction: Transaction<Schema>,
  machine: Newcomer & {
    readonly enrolmentId: string
    readonly address: string
    readonly name: string | null
    readonly replaces_host_id: number | null
    readonly nowMs: number
  },
): Promise<void> {
  await transaction
    .insertInto('waiting_machine')
    .values({
      public_key: machine.publicKey,
      name: machine.name,
      replaces_host_id: machine.replaces_host_id,
      enrolment_id: machine.enrolmentId,
      hostname: machine.hostname,
      address: machine.address,
      boot_id: machine.bootId,
      agent_version: machine.agentVersion,
      interval_ms: machine.intervalMs,
      asked_ms: machine.nowMs,
    })
    .execute()
}

function waitingOf(row: Selectable<WaitingMachineTable>): WaitingRecord {
  return {
    id: row.id,
    publicKey: row.public_key,
    name: row.name,
    replacesHostId: row.replaces_host_id,
    enrolmentId: row.enrolment_id,
    hostname: row.hostname,
    address: row.address,
    bootId: row.boot_id,
    agentVersion: row.agent_version,
    intervalMs: row.interval_ms,
    askedMs: row.asked_ms,
  }
}
