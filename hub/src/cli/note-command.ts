// Owns how a command that writes straight to the hub's files is noted in its audit log.
import { createAuditLog } from '../audit/audit-log.ts'
import { systemClock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { CommandError } from './command-error.ts'
import { personHere } from './local-hub.ts'

export interface Noted {
  readonly action: string
  readonly target: string | null
  readonly detail: string | null
}

/** In the name of who is logged in here. Throws a {@link CommandError} when it cannot be written. */
export async function noteCommand({ db }: Store, noted: Noted): Promise<void> {
  const error = ({ err }: { err?: unknown }): never => {
    throw new CommandError('the audit log could not be written', { cause: err })
  }
  const actor = { actorKind: 'command', actorId: null, actorName: personHere() } as const
  const audit = createAuditLog({ db, clock: systemClock, log: { error } })
  await audit.append({ ...actor, address: null, outcome: 'done', ...noted })
}
