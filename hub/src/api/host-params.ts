// Owns how a route names a host, and what is answered when there is none.
import type { HostSummary } from '@vigie/shared/api/host'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { FleetReader } from './ports.ts'

export const HostParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "The host's id" }),
})

/** The host with an id. Throws the problem that says there is none. */
export function hostOf(fleet: Pick<FleetReader, 'find'>, id: number): HostSummary {
  const host = fleet.find(id)
  if (!host) throw noSuchHost(id)
  return host
}

export function noSuchHost(id: number): ProblemError {
  return new ProblemError('not-found', `There is no host ${id}.`)
}
