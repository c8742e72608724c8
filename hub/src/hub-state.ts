// Owns how the hub itself is: what is wrong with it, raised by who notices and said once in the log, and what it keeps.
import type { HubProblem, HubState as HubStateJson } from '@vigie/shared/api/hub-state'
import type { FastifyBaseLogger } from 'fastify'
import { Gauge, type Registry } from 'prom-client'
import type { Clock } from './clock.ts'
import { diskRoom } from './store/disk-room.ts'

export interface HubStateParts {
  readonly databasePath: string
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly registry: Registry
}

const KINDS: readonly HubProblem['kind'][] = [
  'disk-low',
  'database-full',
  'not-writing',
  'mail-failing',
  'certificate-expiring',
]

export function createHubState({ databasePath, clock, log, registry }: HubStateParts) {
  const problems = new Map<HubProblem['kind'], HubProblem>()
  const listeners = new Set<(problems: readonly HubProblem[]) => void>()
  let oldestMs: number | null = null
  const gauge = new Gauge({
    name: 'vigie_problem',
    help: '1 while the hub has a problem of this kind',
    labelNames: ['kind'],
    registers: [registry],
  })
  for (const kind of KINDS) gauge.set({ kind }, 0)

  const list = (): readonly HubProblem[] => [...problems.values()]
  const tell = (): void => {
    for (const listener of listeners) listener(list())
  }

  return {
    problems: list,

    /** Calls with all problems when one comes or goes, or says something else; returns how to end that. */
    onChange(listener: (problems: readonly HubProblem[]) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** A problem that is there already keeps its beginning, and is not logged again. */
    raise(kind: HubProblem['kind'], detail: string): void {
      const known = problems.get(kind)
      if (known?.detail === detail) return
      if (!known) log.error({ problem: kind }, detail)
      problems.set(kind, { kind, sinceMs: known?.sinceMs ?? clock.nowMs(), detail })
      gauge.set({ kind }, 1)
      tell()
    },

    clear(kind: HubProblem['kind']): void {
      const known = problems.get(kind)
      if (!known) return
      log.info({ problem: kind, sinceMs: known.sinceMs }, 'the problem is over')
      problems.delete(kind)
      gauge.set({ kind }, 0)
      tell()
    },

    /** The keeper looks now and then. */
    oldestTickIs(timeMs: number | null): void {
      oldestMs = timeMs
    },

    async database(): Promise<HubStateJson['database']> {
      const { databaseBytes, freeBytes } = await diskRoom(databasePath)
      return { sizeBytes: databaseBytes, diskFreeBytes: freeBytes, oldestMs }
    },
  }
}

export type HubState = ReturnType<typeof createHubState>
