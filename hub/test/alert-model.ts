// What docs/alerts.md says of machines and of hosts that vanish, told again as simply as can be: from all that was seen.
import type { Verdict } from '../src/alerts/verdict.ts'

export interface ModelIncident {
  readonly ruleId: number
  readonly hostId: number
  readonly series: string
  readonly sinceMs: number
  readonly firedMs: number
  resolvedMs: number | null
  why: string | null
}

export interface Words {
  readonly threshold: number
  readonly clearAt: number
  readonly forMs: number
  readonly clearForMs: number
}

interface Seen {
  readonly timeMs: number
  readonly verdict: Verdict
}

interface ModelMachine {
  /** Since it fired, resolved, or was made. */
  seen: Seen[]
  firing: ModelIncident | null
  pending: { sinceMs: number; begunMs: number; isWritten: boolean } | null
}

interface ModelHost {
  heardMs: number | null
  lastSeenMs: number | null
  tickedMs: number | null
  saidGoodbye: boolean
  down: ModelIncident | null
  /** When it went down, in this run of the hub. */
  downMs: number | null
  back: { sinceMs: number; clearMs: number } | null
}

const INTERVAL_MS = 1000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** One rule on values, with id 1, and one on silence, with id 2. Ticks of a host are in order of time. */
export class AlertModel {
  readonly incidents: ModelIncident[] = []
  words: Words | null
  hasDownRule = true
  readonly #machines = new Map<string, ModelMachine>()
  readonly #hosts = new Map<number, ModelHost>()
  #startedMs: number

  constructor(words: Words, nowMs: number) {
    this.words = words
    this.#startedMs = nowMs
  }

  heard(hostId: number, nowMs: number): void {
    const host = this.#host(hostId)
    host.heardMs = nowMs
    host.lastSeenMs = nowMs
    host.saidGoodbye = false
  }

  goodbye(hostId: number): void {
    this.#host(hostId).saidGoodbye = true
  }

  tick(hostId: number, series: string, { value, nowMs }: { value: number; nowMs: number }): void {
    this.#host(hostId).tickedMs = nowMs
    if (!this.words) return
    const machine = this.#machine(hostId, series)
    const verdict = verdictOf(value, this.words)
    machine.seen.push({ timeMs: nowMs, verdict })
    if (machine.firing) {
      const clearMs = clearTimeMs(this.words.clearForMs, this.#flaps(1, { hostId, series, nowMs }))
      if (verdict !== 'clear' || clearForMs(machine.seen) < clearMs) return
      resolve(machine.firing, nowMs, 'cleared')
      Object.assign(machine, fresh())
      return
    }
    const sinceMs = beyondSinceMs(machine.seen)
    if (sinceMs !== null && verdict === 'beyond' && nowMs - sinceMs >= this.words.forMs) {
      const firing = this.#fire({ ruleId: 1, hostId, series, sinceMs, firedMs: nowMs })
      Object.assign(machine, { ...fresh(), firing })
    } else if (sinceMs === null) machine.pending = null
    else if (machine.pending?.sinceMs !== sinceMs) {
      machine.pending = { sinceMs, begunMs: nowMs, isWritten: false }
    }
  }

  review(nowMs: number): void {
    for (const { pending } of this.#machines.values()) {
      if (pending && nowMs - pending.begunMs >= 5000) pending.isWritten = true
    }
    for (const [hostId, host] of this.#hosts) this.#reviewHost(hostId, host, nowMs)
  }

  restart(nowMs: number): void {
    this.#startedMs = nowMs
    for (const host of this.#hosts.values())
      Object.assign(host, { heardMs: null, downMs: null, back: null })
    for (const [key, machine] of this.#machines) {
      const { pending, firing } = machine
      const tickedMs = this.#host(Number(key.split(' ')[0])).tickedMs ?? 0
      Object.assign(machine, fresh(), { firing })
      if (!pending?.isWritten) continue
      const { sinceMs } = pending
      // As far as anybody knows it was beyond while the host ticked.
      for (let timeMs = sinceMs; timeMs <= Math.max(sinceMs, tickedMs); timeMs += INTERVAL_MS) {
        machine.seen.push({ timeMs, verdict: 'beyond' })
      }
      machine.pending = pending
    }
  }

  deleteRule(ruleId: 1 | 2, nowMs: number): void {
    if (ruleId === 1) this.words = null
    else this.hasDownRule = false
    for (const incident of this.incidents) {
      if (incident.ruleId === ruleId && incident.resolvedMs === null) {
        resolve(incident, nowMs, 'rule-changed')
      }
    }
  }

  #reviewHost(hostId: number, host: ModelHost, nowMs: number): void {
    if (!this.hasDownRule || host.lastSeenMs === null) return
    const { heardMs } = host
    const silentMs = nowMs - (heardMs ?? this.#startedMs + MINUTE_MS)
    const isSilent = silentMs > (host.saidGoodbye ? 10 * MINUTE_MS : 30_000)
    if (!host.down) {
      if (!isSilent) return
      const sinceMs = host.lastSeenMs
      host.down = this.#fire({ ruleId: 2, hostId, series: '', sinceMs, firedMs: nowMs })
      host.downMs = nowMs
      return
    }
    if (heardMs === null || heardMs <= (host.downMs ?? -Infinity) || isSilent) {
      host.back = null
      return
    }
    const flaps = this.#flaps(2, { hostId, series: '', nowMs })
    host.back ??= { sinceMs: heardMs, clearMs: clearTimeMs(0, flaps) }
    if (heardMs - host.back.sinceMs < host.back.clearMs) return
    resolve(host.down, nowMs, 'returned')
    Object.assign(host, { down: null, downMs: null, back: null })
  }

  #fire(incident: Omit<ModelIncident, 'resolvedMs' | 'why'>): ModelIncident {
    const fired = { ...incident, resolvedMs: null, why: null }
    this.incidents.push(fired)
    return fired
  }

  #flaps(ruleId: number, of: { hostId: number; series: string; nowMs: number }): number {
    return this.incidents.filter(
      (each) =>
        each.ruleId === ruleId &&
        each.hostId === of.hostId &&
        each.series === of.series &&
        each.resolvedMs !== null &&
        of.nowMs - each.resolvedMs < HOUR_MS,
    ).length
  }

  #machine(hostId: number, series: string): ModelMachine {
    const key = `${hostId} ${series}`
    const machine = this.#machines.get(key) ?? fresh()
    this.#machines.set(key, machine)
    return machine
  }

  #host(hostId: number): ModelHost {
    const host = this.#hosts.get(hostId) ?? {
      heardMs: null,
      lastSeenMs: null,
      tickedMs: null,
      saidGoodbye: false,
      down: null,
      downMs: null,
      back: null,
    }
    this.#hosts.set(hostId, host)
    return host
  }
}

const fresh = (): ModelMachine => ({ seen: [], firing: null, pending: null })

function resolve(incident: ModelIncident, resolvedMs: number, why: string): void {
  incident.resolvedMs = resolvedMs
  incident.why = why
}

function verdictOf(value: number, { threshold, clearAt }: Words): Verdict {
  if (Number.isNaN(value)) return 'missing'
  if (value > threshold) return 'beyond'
  return value > clearAt ? 'between' : 'clear'
}

/** A3: the first of those that were beyond with nothing else between them, and never a minute without one. */
function beyondSinceMs(seen: readonly Seen[]): number | null {
  let run: Seen[] = []
  for (const each of seen) {
    const last = run.at(-1)
    if (last && each.timeMs - last.timeMs > MINUTE_MS) run = []
    if (each.verdict === 'beyond') run.push(each)
    else if (each.verdict !== 'missing') run = []
  }
  return run[0]?.timeMs ?? null
}

/** A4: for how long nothing but clear was seen, up to now. */
function clearForMs(seen: readonly Seen[]): number {
  const told = seen.filter(({ verdict }) => verdict !== 'missing')
  const clear = told.slice(told.findLastIndex(({ verdict }) => verdict !== 'clear') + 1)
  return clear.reduce((sum, { timeMs }, index) => {
    const before = clear[index - 1]
    return before ? sum + Math.min(timeMs - before.timeMs, INTERVAL_MS) : sum
  }, 0)
}

/** A5. */
function clearTimeMs(ownMs: number, flaps: number): number {
  if (flaps === 0) return ownMs
  let clearMs = ownMs === 0 ? 30_000 : ownMs
  for (let flap = 0; flap < flaps; flap++) clearMs *= 2
  return Math.min(clearMs, Math.max(30 * MINUTE_MS, ownMs))
}
