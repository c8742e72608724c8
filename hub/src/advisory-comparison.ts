// Owns the thread that compares advisories with the fleet, which is there while it compares.
import type { FastifyBaseLogger } from 'fastify'
import type { Comparison, ComparisonRequest } from './advisory-comparison-worker.ts'
import type { VerdictChanges } from './cert/watch-ports.ts'
import { openThreadPool } from './thread-pool.ts'

const IDLE_TIMEOUT_MS = 1000

export function createAdvisoryComparison(
  request: ComparisonRequest,
  { log }: { log: FastifyBaseLogger },
) {
  const pool = openThreadPool({
    filename: new URL('./advisory-comparison-worker.ts', import.meta.url).href,
    idleTimeout: IDLE_TIMEOUT_MS,
  })
  let ownAliases = 0
  let whyNot: Comparison['whyNot'] = new Map()
  let toldFault: string | null = null
  return {
    /** Rejects when the database cannot be read, and when the thread died. */
    async compare(): Promise<VerdictChanges> {
      const comparison = (await pool.run(request)) as Comparison
      const { aliasFault, unreadable } = comparison
      ownAliases = comparison.ownAliases
      whyNot = comparison.whyNot
      if (aliasFault !== null && aliasFault !== toldFault) {
        log.warn({ fault: aliasFault }, 'product names that were added by hand are left out')
      }
      toldFault = aliasFault
      if (unreadable.length > 0) {
        log.error({ hosts: unreadable }, 'the packages of some hosts could not be compared')
      }
      return comparison.changes
    },

    /** Product names that people have added. */
    ownAliases: () => ownAliases,

    /** Why an open alert concerns no host; undefined while that is not known. */
    whyNot: (reference: string) => whyNot.get(reference),

    close: (): Promise<void> => pool.close(),
  }
}
