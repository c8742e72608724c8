// Owns how a machine becomes a host, or the new agent of one that is there, within a transaction of whoever admits it.
import type { Transaction } from 'kysely'
import { hostOf, type AgentFacts, type HostRecord } from './host-records.ts'
import type { Schema } from './schema.ts'

/** A machine with a good token. */
export interface Newcomer extends AgentFacts {
  readonly publicKey: string
  readonly hostname: string
}

export interface Admission {
  readonly host: HostRecord
  /** The key that the host had before; null: it is a new host. */
  readonly replacedKey: string | null
}

/** What an invitation says of the machine. */
export interface Invited {
  readonly name: string | null
  readonly replaces_host_id: number | null
}

/** A host that is to be replaced and is gone by now makes place for a new one. */
export async function admit(
  transaction: Transaction<Schema>,
  newcomer: Newcomer,
  { invited, nowMs }: { invited: Invited; nowMs: number },
): Promise<Admission> {
  const replaced =
    invited.replaces_host_id === null
      ? undefined
      : await transaction
          .selectFrom('host')
          .select(['id', 'public_key'])
          .where('id', '=', invited.replaces_host_id)
          .where('going_ms', 'is', null)
          .executeTakeFirst()
  const facts = {
    public_key: newcomer.publicKey,
    boot_id: newcomer.bootId,
    agent_version: newcomer.agentVersion,
    interval_ms: newcomer.intervalMs,
  }
  if (!replaced) {
    const name = await freeName(transaction, invited.name ?? newcomer.hostname)
    const row = await transaction
      .insertInto('host')
      .values({ name, created_ms: nowMs, ...facts })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { host: hostOf(row), replacedKey: null }
  }
  await revokeKey(transaction, replaced.public_key, nowMs)
  const row = await transaction
    .updateTable('host')
    .set({ ...facts, revoked_ms: null, inventory_hash: null, goodbye: null })
    .where('id', '=', replaced.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return { host: hostOf(row), replacedKey: replaced.public_key }
}

export async function revokeKey(
  transaction: Transaction<Schema>,
  publicKey: string,
  nowMs: number,
): Promise<void> {
  await transaction
    .insertInto('revoked_key')
    .values({ public_key: publicKey, revoked_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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
