// Any sequence of events against a simple model of docs/alerts.md: the same transitions, and each of them told once.
// VIGIE_SOAK=1 runs ten thousand of them.
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { SequenceRunner, sequences, WORDS, type SequenceEvent } from '../../test/alert-sequences.ts'
import { DrivenAlerts, downRule } from '../../test/driven-alerts.ts'
import { openMemoryStore, type MemoryStore } from '../../test/memory-store.ts'
import type { WaitingNotice } from '../mail/ports.ts'
import type { IncidentRecord } from './ports.ts'

const IS_SOAK = process.env['VIGIE_SOAK'] === '1'
const RUNS = IS_SOAK ? 10_000 : 300
const TIMEOUT = { timeout: IS_SOAK ? 1_800_000 : 120_000 }
const RECIPIENTS = ['ops@example.org', 'webhook']

async function openStore(): Promise<MemoryStore> {
  const store = await openMemoryStore()
  onTestFinished(() => store.close())
  return store
}

async function startRunner(store: MemoryStore, hosts: number): Promise<SequenceRunner> {
  await store.empty()
  const values = await store.rules.create(SequenceRunner.ruleOf(WORDS[0]), 0)
  const silence = await store.rules.create(downRule({ recipients: [] }), 0)
  const hub = new DrivenAlerts(store, { rules: [], hosts, defaultRecipients: RECIPIENTS })
  await hub.start()
  return new SequenceRunner(hub, { 1: values.id, 2: silence.id })
}

it(
  'A2 to A5, A8, A9, D1 to D3: fires and resolves what the model does, when it does',
  TIMEOUT,
  async () => {
    const store = await openStore()
    await fc.assert(
      fc.asyncProperty(sequences({ hosts: 2, hasBacklogs: false }), async (events) => {
        const runner = await startRunner(store, 2)
        for (const event of events) await runner.run(event)
        const incidents = await runner.hub.incidents()
        await runner.hub.stop()
        const told = incidents
          .filter(({ firedMs }) => firedMs !== null)
          .map(transitionsOf(runner.ruleIds))
        expect(sorted(told)).toEqual(sorted(runner.model.incidents))
      }),
      { numRuns: RUNS },
    )
  },
)

/** Of its block the first ticks are late and the last is not, and both are of one series. */
const CUT_BACKLOG: SequenceEvent[] = [
  { type: 'hold', host: 2, values: [0, 12], s: 1 },
  { type: 'pass', s: 59 },
  { type: 'hold', host: 1, values: [0, 0], s: 5 },
  {
    type: 'backlog',
    host: 2,
    agoS: 118,
    runs: [
      [12, 52],
      [0, 6],
      [20, 1],
    ],
  },
  { type: 'words', nth: 0 },
]

it(
  'N1 N2 N4: whatever happens, each incident is told once as opened and once as resolved',
  TIMEOUT,
  async () => {
    const store = await openStore()
    await fc.assert(
      fc.asyncProperty(sequences({ hosts: 4, hasBacklogs: true }), async (events) => {
        const runner = await startRunner(store, 4)
        for (const event of events) await runner.run(event)
        // Nothing is left open when no rule means anything any more.
        await runner.run({ type: 'delete', rule: 1 })
        await runner.run({ type: 'delete', rule: 2 })
        await runner.run({ type: 'pass', s: 1 })
        const incidents = await runner.hub.incidents()
        const notices = await store.notices.waiting()
        await runner.hub.stop()
        checkIncidents(incidents)
        checkNotices(incidents, notices)
      }),
      { numRuns: RUNS, examples: [[CUT_BACKLOG]] },
    )
  },
)

const transitionsOf =
  (ruleIds: SequenceRunner['ruleIds']) =>
  ({ rule, hostId, series, sinceMs, firedMs, resolvedMs, resolvedWhy: why }: IncidentRecord) => {
    const ruleId = rule.id === ruleIds[1] ? 1 : 2
    return { ruleId, hostId, series, sinceMs, firedMs, resolvedMs, why }
  }

function sorted<
  T extends { ruleId: number; hostId: number | null; series: string; firedMs: number | null },
>(incidents: readonly T[]): T[] {
  const keyOf = ({ ruleId, hostId, series, firedMs }: T): string =>
    `${ruleId} ${hostId} ${series} ${firedMs}`
  return incidents.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** None is open, times are in order, and no machine was in two incidents at once. */
function checkIncidents(incidents: readonly IncidentRecord[]): void {
  expect(new Set(incidents.map(({ id }) => id)).size).toBe(incidents.length)
  const ends = new Map<string, number>()
  for (const incident of incidents.toSorted((a, b) => a.sinceMs - b.sinceMs)) {
    const { kind, rule, hostId, series, sinceMs, firedMs, resolvedMs } = incident
    expect(incident.state).toBe('resolved')
    expect(sinceMs).toBeLessThanOrEqual(firedMs ?? NaN)
    expect(firedMs).toBeLessThanOrEqual(resolvedMs ?? NaN)
    if (kind === 'lost-sight') continue
    const key = `${rule.id} ${hostId} ${series}`
    if (rule.condition.type === 'metric') {
      expect(sinceMs, key).toBeGreaterThanOrEqual(ends.get(key) ?? 0)
    }
    ends.set(key, resolvedMs ?? NaN)
  }
}

/** Once opened, then reminders at other times if any, and once resolved. */
function checkNotices(incidents: readonly IncidentRecord[], notices: readonly WaitingNotice[]) {
  for (const { id } of incidents) {
    for (const recipient of RECIPIENTS) {
      const own = notices.filter((each) => each.incidentId === id && each.recipient === recipient)
      const kinds = own.map(({ kind }) => kind).join(' ')
      expect(kinds).toMatch(/^opened( reminder)* resolved$/)
      const reminders = own.filter(({ kind }) => kind === 'reminder').map(({ timeMs }) => timeMs)
      expect(new Set(reminders).size).toBe(reminders.length)
    }
  }
  const ids = new Set(incidents.map(({ id }) => id))
  expect(notices.filter(({ incidentId }) => !ids.has(incidentId))).toEqual([])
}
