// Alerts on a real store and a real fleet, with a clock that a test drives second by second.
import type { MetricCondition, RuleDraft } from '@vigie/shared/api/rule'
import { encodeBlock } from '@vigie/shared/codec/block'
import { toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf, tableRevision } from '@vigie/shared/metrics/series'
import { Registry } from 'prom-client'
import { onTestFinished } from 'vitest'
import { createAlertMetrics } from '../src/alerts/alert-metrics.ts'
import { createAlerts, type Alerts, type AlertsParts } from '../src/alerts/alerts.ts'
import type { AlertStore, AlertTicks, IncidentRecord } from '../src/alerts/ports.ts'
import { Fleet } from '../src/fleet/fleet.ts'
import type { Store } from '../src/store/store.ts'
import { openSampleStore, sampleRule } from './sample-alerts.ts'

export const BEGIN_MS = 1_800_000_000_000
export const OPS = 'ops@example.org'
/** A metric that the catalogue does not know: its values have no unit. */
export const LOAD = 'test.load'

export class DrivenClock {
  #nowMs = BEGIN_MS
  #elapsedMs = 5000

  nowMs = (): number => this.#nowMs
  elapsedMs = (): number => this.#elapsedMs

  advance(ms: number): void {
    this.#nowMs += ms
    this.#elapsedMs += ms
  }

  /** Somebody sets the machine's clock. */
  set(nowMs: number): void {
    this.#nowMs = nowMs
  }
}

export const loadRule = (
  condition: Partial<MetricCondition> = {},
  draft: Partial<RuleDraft> = {},
): RuleDraft => ({
  ...sampleRule,
  name: 'Load',
  remindEveryMs: null,
  condition: {
    type: 'metric',
    metric: LOAD,
    attributes: {},
    statistic: 'last',
    windowMs: 0,
    operator: '>',
    threshold: 10,
    clearAt: 5,
    forMs: 10_000,
    clearForMs: 0,
    onlyIfChanged: false,
    ...condition,
  },
  ...draft,
})

export const downRule = (draft: Partial<RuleDraft> = {}): RuleDraft => ({
  ...sampleRule,
  condition: { type: 'down', graceMs: 30_000, stoppedGraceMs: 600_000 },
  remindEveryMs: null,
  ...draft,
})

/** Columns of values in the metrics' units, NaN where there is none, one a second. */
export function ticksOf(
  startMs: number,
  values: Readonly<Record<string, readonly number[]>>,
): AlertTicks {
  const keys = Object.keys(values)
  const columns = Object.values(values)
  const steps = keys.flatMap((key, index) =>
    (columns[index] ?? []).map((value) => toSteps(metricOf(key), value)),
  )
  const length = columns[0]?.length ?? 1
  const present = new Uint8Array(length).fill(1)
  const block = {
    revision: tableRevision(keys),
    startMs,
    stepMs: 1000,
    present,
    values: Float64Array.from(steps),
  }
  return { keys, block }
}

export interface DrivenOptions {
  readonly rules: readonly RuleDraft[]
  readonly hosts?: number
  readonly defaultRecipients?: readonly string[]
  readonly recentSnapshots?: AlertsParts['recentSnapshots']
  readonly defaultRules?: AlertsParts['defaultRules']
  readonly isListening?: () => boolean
}

/** On a real database file. */
export type DrivenHub = DrivenAlerts<Store>

export async function driveAlerts(options: DrivenOptions): Promise<DrivenHub> {
  const { store } = await openSampleStore()
  for (const draft of options.rules) await store.rules.create(draft, BEGIN_MS)
  const driven = new DrivenAlerts(store, options)
  await driven.start()
  onTestFinished(() => driven.stop())
  return driven
}

export type DrivenStore = Pick<Store, 'rules' | 'silences'> &
  Partial<Pick<Store, 'committedHistory'>> & {
    readonly alerts: AlertStore
    readonly notices: Pick<Store['notices'], 'waiting'>
  }

export class DrivenAlerts<S extends DrivenStore = DrivenStore> {
  readonly clock = new DrivenClock()
  readonly store: S
  readonly registry = new Registry()
  readonly #options: DrivenOptions
  /** Those that are heard each second that passes. */
  readonly talking = new Set<number>()
  #fleet: Fleet
  #alerts: Alerts | undefined

  constructor(store: S, options: DrivenOptions) {
    this.store = store
    this.#options = options
    this.#fleet = this.#freshFleet()
  }

  get alerts(): Alerts {
    if (!this.#alerts) throw new Error('the hub is stopped')
    return this.#alerts
  }

  get fleet(): Fleet {
    return this.#fleet
  }

  async start(): Promise<void> {
    this.registry.clear()
    this.#alerts = await createAlerts({
      store: this.store.alerts,
      ruleStore: this.store.rules,
      silenceStore: this.store.silences,
      fleet: {
        hosts: () => this.#fleet.watchedHosts(),
        host: (id) => this.#fleet.watchedHost(id),
        leftWhy: (id) => this.#fleet.leftWhy(id),
      },
      lastTick: (id) => this.#fleet.host(id)?.latest,
      ...(this.store.committedHistory && { history: this.store.committedHistory }),
      recentSnapshots: this.#options.recentSnapshots ?? (() => []),
      defaultRecipients: () => this.#options.defaultRecipients ?? [],
      isListening: this.#options.isListening ?? (() => true),
      clock: this.clock,
      log: { error: (...words: unknown[]) => expectNoError(words) },
      metrics: createAlertMetrics(this.registry),
      onNotices: () => undefined,
      defaultRules: this.#options.defaultRules ?? [],
      // Tests review when time passes.
      timing: { reviewEveryMs: 2 ** 30 },
    })
  }

  async stop(): Promise<void> {
    await this.#alerts?.close()
    this.#alerts = undefined
    this.#fleet.close()
  }

  /** The hub stops and starts again, so much later. */
  async restart(awayMs = 0): Promise<void> {
    await this.stop()
    this.clock.advance(awayMs)
    this.#fleet = this.#freshFleet(this.#fleet)
    await this.start()
  }

  /** Seconds, each of them reviewed as it is over. */
  pass(ms: number, each?: (secondsLeft: number) => void): void {
    for (let left = ms / 1000; left > 0; left--) {
      this.clock.advance(1000)
      for (const hostId of this.talking) this.#fleet.heard(hostId)
      each?.(left)
      this.alerts.review()
    }
  }

  /** A live tick of now, of one host. */
  tick(values: Readonly<Record<string, number>>, hostId = 1): void {
    const columns = Object.entries(values).map(([key, value]): [string, number[]] => [key, [value]])
    this.backlog(Object.fromEntries(columns), { startMs: this.clock.nowMs(), hostId })
  }

  /** Each second the same value. */
  hold(value: number, ms: number): void {
    this.pass(ms, () => this.tick({ [LOAD]: value }))
  }

  backlog(
    values: Readonly<Record<string, readonly number[]>>,
    { startMs, hostId = 1 }: { startMs: number; hostId?: number },
  ): void {
    const ticks = ticksOf(startMs, values)
    this.#fleet.heard(hostId)
    this.#fleet.ticked(hostId, { ...ticks, bytes: encodeBlock(ticks.block) })
    this.alerts.ticked(hostId, ticks)
  }

  async incidents(): Promise<IncidentRecord[]> {
    await this.alerts.flush()
    const [open, closed] = [
      await this.store.alerts.open(),
      await this.store.alerts.resolvedSince(0),
    ]
    return [...open, ...closed].sort((a, b) => a.id - b.id)
  }

  /** As `1 opened ops@example.org`, in the order in which they were written. */
  async notices(): Promise<string[]> {
    await this.alerts.flush()
    const notices = await this.store.notices.waiting()
    return notices.map(({ incidentId, kind, recipient }) => `${incidentId} ${kind} ${recipient}`)
  }

  #freshFleet(before?: Fleet): Fleet {
    const fleet = new Fleet(this.clock)
    const seen = new Map(before?.seen().map((host) => [host.id, host]))
    for (let id = 1; id <= (this.#options.hosts ?? 1); id++) {
      const host = {
        id,
        name: `web-${id}`,
        createdMs: BEGIN_MS,
        bootId: null,
        agentVersion: '0.1.0',
        intervalMs: 1000,
        inventory: null,
        lastSeenMs: seen.get(id)?.lastSeenMs ?? null,
        goodbye: seen.get(id)?.goodbye ?? null,
        revokedMs: null,
        retiredMs: null,
        tags: [],
      }
      fleet.add(host, before?.host(id)?.latest)
    }
    return fleet
  }
}

function expectNoError(words: readonly unknown[]): never {
  throw new Error(`nothing was to go wrong: ${JSON.stringify(words)}`)
}
