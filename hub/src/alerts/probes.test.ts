import type { MetricCondition, Rule } from '@vigie/shared/api/rule'
import { toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import { expect, it } from 'vitest'
import { compileProbes, type Probes } from './probes.ts'
import { createWatches } from './watch.ts'

const T0 = 1_795_400_000_000
const CPU = 'system.cpu.utilization'
const usage = (mountpoint: string, state: string): string =>
  `system.filesystem.usage{system.filesystem.mountpoint="${mountpoint}",system.filesystem.state="${state}"}`
const utilization = (mountpoint: string): string =>
  `system.filesystem.utilization{system.filesystem.mountpoint="${mountpoint}"}`
const ROOT = [usage('/', 'used'), usage('/', 'available')]
const SRV = [usage('/srv', 'used'), usage('/srv', 'available')]

function ruleOf(id: number, condition: Rule['condition']): Rule {
  return {
    id,
    key: null,
    name: 'r',
    isEnabled: true,
    severity: 'crisis',
    condition,
    scope: { type: 'all' },
    recipients: [],
    remindEveryMs: null,
    changedMs: 0,
  }
}

const over = (
  metric: string,
  threshold: number,
  more: Partial<MetricCondition> = {},
): MetricCondition => ({
  type: 'metric',
  metric,
  attributes: {},
  statistic: 'last',
  windowMs: 0,
  operator: '>',
  threshold,
  clearAt: threshold,
  forMs: 0,
  clearForMs: 0,
  onlyIfChanged: false,
  ...more,
})
const busy = ruleOf(1, over(CPU, 0.9))
const everyMount = { 'system.filesystem.mountpoint': '*' }
const full = ruleOf(2, over('system.filesystem.utilization', 0.9, { attributes: everyMount }))

/** Ticks of a table: one object a tick, values in the metric's unit. */
function play(
  probes: Probes,
  { keys, startMs = T0 }: { keys: readonly string[]; startMs?: number },
  ticks: readonly (readonly number[] | null)[],
): string[] {
  const values = new Float64Array(keys.length * ticks.length)
  ticks.forEach((tick, at) => {
    keys.forEach((key, column) => {
      values[column * ticks.length + at] = toSteps(metricOf(key), tick?.[column] ?? NaN)
    })
  })
  const present = Uint8Array.from(ticks, (tick) => (tick ? 1 : 0))
  const block = { revision: 1, startMs, stepMs: 1000, present, values }
  const outcomes: string[] = []
  for (let tick = 0; tick < ticks.length; tick++) {
    probes.step(block, tick, 1000, ({ rule, watch }, outcome, timeMs) => {
      outcomes.push(`${rule.id} ${watch.series} ${outcome} ${(timeMs - startMs) / 1000}`)
    })
  }
  return outcomes
}

it('A1: every rule judges every series that it means, in its unit', () => {
  const keys = [CPU, ...ROOT, ...SRV]
  const watches = createWatches(7)
  const probes = compileProbes([busy, full], keys, watches)
  expect(
    play(probes, { keys }, [
      [0.5, 10_240, 10_240, 95_232, 5120],
      [0.95, 95_232, 5120, 95_232, 5120],
      null,
      [0.97, 95_232, 5120, 1024, 99_328],
    ]),
  ).toEqual([
    `2 ${utilization('/srv')} fired 0`,
    `1 ${CPU} fired 1`,
    `2 ${utilization('/')} fired 1`,
    `2 ${utilization('/srv')} resolved 3`,
  ])
  const cpu = probes.probes.find(({ rule }) => rule === busy)
  expect([cpu?.watch.value, cpu?.watch.worst]).toEqual([0.97, 0.97])
})

it('the worst is of this time that it is beyond, not of one before', () => {
  const keys = [CPU]
  const probes = compileProbes([busy], keys, createWatches(7))
  const [probe] = probes.probes
  play(probes, { keys }, [[0.99], [0.95], [0.5]])
  expect(probe?.watch.worst).toBe(0.99)
  play(probes, { keys, startMs: T0 + 3000 }, [[0.91]])
  expect(probe?.watch.worst).toBe(0.91)
})

it('A3: a series that left the table is missing, and what is pending of it is forgotten', () => {
  const rule = ruleOf(1, over(CPU, 0.9, { forMs: 600_000 }))
  const watches = createWatches(7)
  play(compileProbes([rule], [CPU], watches), { keys: [CPU] }, [[1]])
  const without = compileProbes([rule], ROOT, watches)
  const ticks = Array.from({ length: 100 }, () => [0, 0])
  expect(play(without, { keys: ROOT, startMs: T0 + 1000 }, ticks)).toEqual([
    `1 ${CPU} forgotten 60`,
  ])
})

it('A6: what the table has no more is told, with for how long the host has ticked since', () => {
  const watches = createWatches(7)
  play(compileProbes([full], [...ROOT, ...SRV], watches), { keys: [...ROOT, ...SRV] }, [
    [1024, 0, 1024, 0],
  ])
  const without = compileProbes([full], ROOT, watches)
  play(without, { keys: ROOT, startMs: T0 + 1000 }, [[1024, 0], null, [1024, 0]])
  expect(without.absent.map(({ watch }) => [watch.series, watch.goneForMs])).toEqual([
    [utilization('/srv'), 2000],
  ])
  const again = compileProbes([full], [...ROOT, ...SRV], watches)
  expect(again.absent).toEqual([])
  play(again, { keys: [...ROOT, ...SRV], startMs: T0 + 4000 }, [[1024, 0, 1024, 0]])
  expect(again.probes.map(({ watch }) => [watch.goneForMs, watch.machine.state])).toEqual([
    [0, 'firing'],
    [0, 'firing'],
  ])
})

it('A8: machines and windows go on with another table', () => {
  const window = { statistic: 'mean', windowMs: 4000 } as const
  const rule = ruleOf(1, over(CPU, 0.9, window))
  const watches = createWatches(7)
  expect(play(compileProbes([rule], [CPU], watches), { keys: [CPU] }, [[1], [1], [1]])).toEqual([])
  const keys = [...ROOT, CPU]
  expect(
    play(compileProbes([rule], keys, watches), { keys, startMs: T0 + 3000 }, [[1, 1, 1]]),
  ).toEqual([`1 ${CPU} fired 0`])
})

it('A9: a machine goes on under the new words of its rule, and is an orphan without it', () => {
  const watches = createWatches(7)
  play(compileProbes([busy], [CPU], watches), { keys: [CPU] }, [[0.95]])
  const laxer = ruleOf(1, over(CPU, 0.97, { clearAt: 0.9 }))
  const under = compileProbes([laxer], [CPU], watches)
  expect(play(under, { keys: [CPU], startMs: T0 + 1000 }, [[0.95], [0.85]])).toEqual([
    `1 ${CPU} resolved 1`,
  ])
  for (const rules of [[], [full], [ruleOf(1, over('system.uptime', 1))]]) {
    expect(compileProbes(rules, [CPU], watches).orphans.map(({ series }) => series)).toEqual([CPU])
  }
})

it('F1: a filesystem that fills up is beyond while there is less time than the rule says', () => {
  const fills = ruleOf(3, {
    type: 'fills',
    mountpoint: '/*',
    withinMs: 86_400_000,
    clearMs: 172_800_000,
    forMs: 0,
  })
  const probes = compileProbes([fills], ROOT, createWatches(7))
  const grown = (fromS: number, seconds: number) =>
    Array.from({ length: seconds }, (_, second) => [(fromS + second) * 1024, 40_000 * 1024])
  expect(play(probes, { keys: ROOT }, grown(0, 3300))).toEqual([])
  const later = { keys: ROOT, startMs: T0 + 3_300_000 }
  const [outcome] = play(probes, later, grown(3300, 3900))
  expect(outcome).toMatch(`3 ${utilization('/')} fired`)
  const [probe] = probes.probes
  expect(probe?.watch.value).toBeCloseTo(40_000, 0)
  expect(probe?.detail().bytesPerS).toBeCloseTo(1024, 3)
  expect(probe?.detail().usedRatio).toBeCloseTo(7199 / 47_199, 6)
})

it('what is only remembered fills windows and moves no machine', () => {
  const rule = ruleOf(1, over(CPU, 0.9, { statistic: 'min', windowMs: 2000 }))
  const probes = compileProbes([rule], [CPU], createWatches(7))
  const block = {
    revision: 1,
    startMs: T0 - 1000,
    stepMs: 1000,
    present: new Uint8Array([1]),
    values: new Float64Array([toSteps(metricOf(CPU), 1)]),
  }
  probes.remember(block, 0, 1000)
  expect(probes.probes[0]?.watch.machine.state).toBe('well')
  expect(play(probes, { keys: [CPU] }, [[1]])).toEqual([`1 ${CPU} fired 0`])
})
