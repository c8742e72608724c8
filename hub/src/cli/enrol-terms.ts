// Owns on which terms `vigie enrol` invites: for how many machines, for how long, in the place of which host's agent.
import { EnrolmentRequest } from '@vigie/shared/api/enrolment'
import { Value } from 'typebox/value'
import type { Store } from '../store/store.ts'
import { CommandError } from './command-error.ts'
import { namedHost } from './named-host.ts'
import { parseSpan } from './times.ts'

export interface EnrolOptions {
  readonly name?: string
  /** The name or the id of a host whose agent the machine becomes. */
  readonly host?: string
  readonly uses?: string
  readonly for?: string
  readonly hub?: string
}

/** Throws a {@link CommandError} for terms that there are not. */
export function termsOf(options: EnrolOptions): Pick<EnrolmentRequest, 'uses' | 'validForMs'> {
  const { host, uses = '1', for: span } = options
  const count = Number(uses)
  if (!Value.Check(EnrolmentRequest, { uses: count })) {
    throw usage(`--uses is "${uses}": a whole number from 1 to 1000`)
  }
  if (host !== undefined && count > 1) {
    throw usage('a host has one agent: with --host a token is good once')
  }
  if (span === undefined) return { uses: count }
  const validForMs = parseSpan(span) ?? 0
  if (!Value.Check(EnrolmentRequest, { validForMs })) {
    throw usage(`--for is "${span}": from 1min to 30d, such as 8h`)
  }
  return { uses: count, validForMs }
}

/** The id of a host in the database here. Throws a {@link CommandError} when there is none, or it is retired. */
export async function storedHostId(store: Store, written: string): Promise<number> {
  const { id, retiredMs } = namedHost(await store.hosts.list(), written)
  if (retiredMs === null) return id
  throw new CommandError(`${written} is retired: vigie host bring-back ${written}`)
}

function usage(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 })
}
