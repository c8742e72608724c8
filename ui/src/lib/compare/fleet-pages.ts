// Owns the reading of one metric of many hosts: in pages of hosts, in order, as large as the hub answers.
import type { FleetHistory } from '@vigie/shared/api/host'
import { ApiProblem } from '../api/api-problem.ts'
import type { FleetHistoryQuery } from '../api/client.ts'

export type Ask = (query: FleetHistoryQuery, signal: AbortSignal) => Promise<FleetHistory>

const PAGE_HOSTS = 50

/** Throws what the hub answers when it cannot answer for one host, and the signal's reason when that is told to stop. */
export async function* fleetPages(
  query: FleetHistoryQuery,
  ask: Ask,
  signal: AbortSignal,
): AsyncGenerator<FleetHistory> {
  let limit = PAGE_HOSTS
  let start = 0
  while (start < query.hosts.length) {
    const hosts = query.hosts.slice(start, start + limit)
    try {
      const page = await ask({ ...query, hosts }, signal)
      start += hosts.length
      yield page
    } catch (problem) {
      signal.throwIfAborted()
      // How many values an answer may hold is the hub's to say: it names no number of hosts.
      const isTooMuch = problem instanceof ApiProblem && problem.status === 400 && hosts.length > 1
      if (!isTooMuch) throw problem
      limit = Math.ceil(hosts.length / 2)
    }
  }
}
