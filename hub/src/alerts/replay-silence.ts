// Owns the replay of hosts that vanish and reboot, by what was noted of their connections (docs/alerts.md, D1 to D3, D5).
import type { DownCondition } from '@vigie/shared/api/rule'
import { IDLE_TIMEOUT_MS } from '@vigie/shared/protocol/limits'
import type { Episode } from './episode.ts'
import { Machine } from './machine.ts'
import type { ReplayRange, ReplaySources } from './replay.ts'
import { graceOf } from './silence-meter.ts'

export interface PastEvent {
  readonly timeMs: number
  readonly kind: string
  readonly detail: string | null
}

export interface HubRun {
  readonly startedMs: number
  /** The last sign of life; where `stoppedMs` is null the hub died after it, or goes on. */
  readonly heartbeatMs: number
  readonly stoppedMs: number | null
}

/** From the last that was heard until the next. */
interface Silence {
  readonly fromMs: number
  /** Infinity while it goes on. */
  readonly toMs: number
  readonly isAnnounced: boolean
}

type Sources = Pick<ReplaySources, 'events' | 'hubRuns'>

/** A host that has been silent for longer is not known to have been heard before. */
const LOOK_BACK_MS = 30 * 86_400_000
/** After a start of the hub, beyond the grace (D2). */
const RETURN_MS = 60_000
const AT_ONCE = { forMs: 0, clearForMs: 0, intervalMs: 1000, onlyIfChanged: false }

export async function replayDown(
  condition: DownCondition,
  { hostId, fromMs, toMs, intervalMs }: ReplayRange & { readonly intervalMs: number },
  { events, hubRuns }: Sources,
): Promise<Episode[]> {
  const past = await events.list(hostId, fromMs - LOOK_BACK_MS)
  const runs = await hubRuns.list(toMs)
  const machine = new Machine()
  const episodes: Episode[] = []
  for (const silence of silencesOf(past, runs)) {
    const { isAnnounced } = silence
    const firedMs = downAtMs(silence, graceOf(condition, { isAnnounced, intervalMs }), runs)
    if (firedMs === undefined || firedMs >= toMs) continue
    const last = episodes.at(-1)
    const silentS = (Math.min(silence.toMs, toMs) - silence.fromMs) / 1000
    // It went silent again before it had been heard for long enough: the incident goes on.
    const goesOn = last !== undefined && firedMs < (last.resolvedMs ?? Infinity)
    if (last && !goesOn) machine.end(last.resolvedMs ?? firedMs)
    const { sinceMs } = goesOn ? last : { sinceMs: silence.fromMs }
    if (goesOn) episodes.pop()
    else machine.step('beyond', firedMs, AT_ONCE)
    episodes.push({
      series: '',
      sinceMs,
      firedMs: goesOn ? last.firedMs : firedMs,
      resolvedMs: silence.toMs + machine.clearTimeMs(AT_ONCE, silence.toMs),
      worst: Math.max(goesOn ? (last.worst ?? 0) : 0, silentS),
    })
  }
  return episodes
    .filter((episode) => episode.firedMs >= fromMs)
    .map((episode) =>
      (episode.resolvedMs ?? toMs) < toMs ? episode : { ...episode, resolvedMs: null },
    )
}

/** A boot that no goodbye came before is over as it begins. */
export async function replayReboots(
  { hostId, fromMs, toMs }: ReplayRange,
  { events }: Sources,
): Promise<Episode[]> {
  const episodes: Episode[] = []
  let isAnnounced = false
  for (const { kind, timeMs } of await events.list(hostId, fromMs - LOOK_BACK_MS)) {
    if (kind === 'connected') isAnnounced = false
    else if (kind === 'goodbye') isAnnounced = true
    else if (kind === 'booted' && !isAnnounced && timeMs >= fromMs && timeMs < toMs) {
      const moment = { sinceMs: timeMs, firedMs: timeMs, resolvedMs: timeMs }
      episodes.push({ series: '', ...moment, worst: null })
    }
  }
  return episodes
}

function silencesOf(events: readonly PastEvent[], runs: readonly HubRun[]): Silence[] {
  const silences: Silence[] = []
  let open: Omit<Silence, 'toMs'> | undefined
  let isAnnounced = false
  for (const { kind, timeMs, detail } of [...events, ...endsOf(runs)].sort(byTime)) {
    if (kind === 'goodbye') isAnnounced = true
    // Another connection of the same host has taken its place.
    else if (kind === 'disconnected' && detail !== 'replaced') {
      const unheardMs = detail === 'timeout' ? IDLE_TIMEOUT_MS : 0
      open ??= { fromMs: timeMs - unheardMs, isAnnounced }
    } else if (kind === 'connected') {
      if (open) silences.push({ ...open, toMs: timeMs })
      open = undefined
      isAnnounced = false
    }
  }
  if (open) silences.push({ ...open, toMs: Infinity })
  return silences
}

/** With the hub every connection ends, noted or not. */
function endsOf(runs: readonly HubRun[]): PastEvent[] {
  return runs
    .slice(0, -1)
    .map((run) => ({ timeMs: endOf(run), kind: 'disconnected', detail: null }))
}

function endOf({ stoppedMs, heartbeatMs }: HubRun): number {
  return stoppedMs ?? heartbeatMs
}

function byTime(one: PastEvent, other: PastEvent): number {
  return one.timeMs - other.timeMs
}

/** When a hub that ran would have said so; undefined when it came back before, or is not missed. */
function downAtMs(
  { fromMs, toMs }: Silence,
  graceMs: number | null,
  runs: readonly HubRun[],
): number | undefined {
  if (graceMs === null) return undefined
  for (const [index, run] of runs.entries()) {
    const endMs = index === runs.length - 1 ? Infinity : endOf(run)
    const downMs = Math.max(fromMs + graceMs, run.startedMs + graceMs + RETURN_MS)
    if (downMs < Math.min(endMs, toMs)) return downMs
  }
  return undefined
}
