// Owns what of a host's table of series each rule watches, found once, so that a tick touches no string and allocates nothing.
import type { Rule } from '@vigie/shared/api/rule'
import type { Block } from '@vigie/shared/codec/block'
import type { Outcome } from './machine.ts'
import { absentProbe, probesOf, rememberProbe, stepProbe, type Probe } from './probe.ts'
import { TickCursor } from './tick-cursor.ts'
import { dropWatch, isMeant, type Watch, type Watches } from './watch.ts'

/** The value, the worst and the machine are the probe's watch's. */
export type OutcomeListener = (probe: Probe, outcome: NonNullable<Outcome>, timeMs: number) => void

export interface Probes {
  readonly probes: readonly Probe[]
  /** Of them, those whose series the table has not; `watch.goneForMs` says for how long (docs/alerts.md, A6). */
  readonly absent: readonly Probe[]
  /** No rule means them any more (docs/alerts.md, A9): for the caller to end and to drop. */
  readonly orphans: readonly Watch[]
  /** Nothing comes of a tick that was never taken. */
  step(block: Block, tick: number, intervalMs: number, onOutcome: OutcomeListener): void
  /** Fills windows and trends with a tick of before; machines learn nothing of it but that they were clear (A7). */
  remember(block: Block, tick: number, intervalMs: number): void
}

/** A series that has been gone for so long, and is well, has nothing left to remember. */
const DROP_AFTER_MS = 3_600_000

/**
 * Of the rules that mean the host, those about values; `down` and `reboot` are not of ticks. Machines, windows and
 * trends are those of `watches`, and go on when this is called again with another table or other rules.
 */
export function compileProbes(
  rules: readonly Rule[],
  keys: readonly string[],
  watches: Watches,
): Probes {
  const cursor = new TickCursor(keys)
  const present = rules.flatMap((rule) => probesOf(rule, { keys, at: cursor.at, watches }))
  const { absent, orphans } = sortLeftOvers(rules, present, watches)
  const probes = [...present, ...absent]
  return {
    probes,
    absent,
    orphans,
    step(block, tick, intervalMs, onOutcome) {
      if (!cursor.move(block, tick)) return
      const timeMs = block.startMs + tick * block.stepMs
      for (const probe of probes) {
        const outcome = stepProbe(probe, timeMs, intervalMs)
        if (outcome !== null) onOutcome(probe, outcome, timeMs)
      }
    },
    remember(block, tick, intervalMs) {
      if (!cursor.move(block, tick)) return
      const timeMs = block.startMs + tick * block.stepMs
      for (const probe of probes) rememberProbe(probe, timeMs, intervalMs)
    },
  }
}

function sortLeftOvers(
  rules: readonly Rule[],
  present: readonly Probe[],
  watches: Watches,
): Pick<Probes, 'absent' | 'orphans'> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const probed = new Set(present.map(({ watch }) => watch))
  const absent: Probe[] = []
  const orphans: Watch[] = []
  for (const watch of [...watches.byKey.values()]) {
    if (probed.has(watch)) continue
    const rule = byId.get(watch.ruleId)
    if (!rule || !isMeant(rule, watch.series)) orphans.push(watch)
    else if (watch.machine.state === 'well' && watch.goneForMs >= DROP_AFTER_MS) {
      dropWatch(watches, watch)
    } else absent.push(absentProbe(rule, watch))
  }
  return { absent, orphans }
}
