// Owns for how long a host has been silent, as far as the hub can know: it was away itself, or slow (docs/alerts.md, D1 to D3).
import type { DownCondition } from '@vigie/shared/api/rule'
import type { Clock } from '../clock.ts'
import type { AlertHost } from './ports.ts'

/** As in the status of a host: a slow one may miss two of its ticks. */
const GRACE_INTERVALS = 3
/** Between two reviews, which are a second apart: the hub did not run, or its clock was set. */
const STALL_MS = 10_000

export class SilenceMeter {
  readonly #clock: Clock
  readonly #returnMs: number
  readonly #isListening: () => boolean
  #reviewed: { readonly nowMs: number; readonly atMs: number }
  /** By the clock that never jumps. Before it the silence of a host that was not heard in this run proves nothing. */
  #returnedByAtMs: number
  /** The same for every host. */
  #trustedFromAtMs = -Infinity

  /** `isListening` is false while the hub reads nothing of what hosts send. */
  constructor(clock: Clock, returnMs: number, isListening: () => boolean) {
    this.#clock = clock
    this.#returnMs = returnMs
    this.#isListening = isListening
    this.#reviewed = { nowMs: clock.nowMs(), atMs: clock.elapsedMs() }
    this.#returnedByAtMs = this.#reviewed.atMs + returnMs
  }

  /** Runs every second. */
  review(): void {
    const [nowMs, atMs] = [this.#clock.nowMs(), this.#clock.elapsedMs()]
    const sinceMs = atMs - this.#reviewed.atMs
    // The clock that never jumps stands still while a machine sleeps; the other one shows it.
    const isStalled = sinceMs > STALL_MS || nowMs - this.#reviewed.nowMs - sinceMs > STALL_MS
    if (isStalled || !this.#isListening()) this.#trustedFromAtMs = atMs + this.#returnMs
    this.#returnedByAtMs = Math.max(this.#returnedByAtMs, this.#trustedFromAtMs)
    this.#reviewed = { nowMs, atMs }
  }

  /** What counts of its silence; null for a host that was never seen. */
  of({ silentForMs, lastSeenMs }: AlertHost): number | null {
    if (lastSeenMs === null) return null
    const atMs = this.#clock.elapsedMs()
    if (silentForMs === null) return Math.max(0, atMs - this.#returnedByAtMs)
    return Math.max(0, Math.min(silentForMs, atMs - this.#trustedFromAtMs))
  }

  /** Whether it is silent for longer than its grace; `lessMs` of the grace is left out. */
  isTooLong(condition: DownCondition, host: AlertHost, lessMs = 0): boolean {
    const silentMs = this.of(host)
    const isAnnounced = host.goodbye !== null
    const graceMs = graceOf(condition, { isAnnounced, intervalMs: host.intervalMs })
    return silentMs !== null && graceMs !== null && silentMs > graceMs - lessMs
  }
}

/** How long a host may be silent; null for one that said goodbye and is not missed. */
export function graceOf(
  { graceMs, stoppedGraceMs }: DownCondition,
  { isAnnounced, intervalMs }: { isAnnounced: boolean; intervalMs: number },
): number | null {
  const wantedMs = isAnnounced ? stoppedGraceMs : graceMs
  return wantedMs === null ? null : Math.max(wantedMs, GRACE_INTERVALS * intervalMs)
}
