// Measures what judging a fleet's ticks costs: 1,000 hosts, each second a tick of a real machine, the rules that every
// hub begins with.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { Block } from '@vigie/shared/codec/block'
import { toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf, seriesKey } from '@vigie/shared/metrics/series'
import { DEFAULT_RULES } from '../src/alerts/default-rules.ts'
import { compileProbes } from '../src/alerts/probes.ts'
import { TREND_STEP_MS } from '../src/alerts/trend.ts'
import { createWatches } from '../src/alerts/watch.ts'
import { print } from './print.ts'
import { hourOfRecording, readRecording } from './recording.ts'

const HOSTS = 1000
const SECONDS = 600
const WARM_UP_SECONDS = 60
const START_MS = 1_795_400_100_000
const INTERVAL_MS = 1000
const TREND_POINTS = 72
const GIB = 2 ** 30

// The recorder of that machine knew fewer series than rules watch: these are steady, but for a disk that fills.
const unrecorded: [key: string, value: (second: number) => number][] = [
  ['system.memory.limit', () => 32 * GIB],
  ['vigie.clock.offset', () => 0.004],
  ['system.linux.reboot_required', () => 0],
  [seriesKey('systemd.units', { 'systemd.unit.state': 'failed' }), () => 0],
  ...['memory full', 'cpu some'].map((one): [string, () => number] => {
    const [resource = '', type = ''] = one.split(' ')
    const attributes = {
      'system.linux.pressure.resource': resource,
      'system.linux.pressure.type': type,
    }
    return [seriesKey('system.linux.pressure.stall', attributes), () => 0.02]
  }),
  ...['cpu', 'nvme', 'board', 'nic'].map((name): [string, () => number] => {
    const attributes = { 'hw.name': name, 'hw.sensor_location': 'a' }
    return [seriesKey('hw.temperature', attributes), () => 51]
  }),
  ...['/', '/boot', '/srv', '/var'].flatMap((mountpoint) => filesystem(mountpoint)),
]

function filesystem(mountpoint: string): [string, (second: number) => number][] {
  const attributes = { 'system.filesystem.mountpoint': mountpoint }
  const state = (metric: string, name: string): string =>
    seriesKey(metric, { ...attributes, 'system.filesystem.state': name })
  return [
    [state('system.filesystem.usage', 'used'), (second) => 40 * GIB + second * 65_536],
    [state('system.filesystem.usage', 'available'), (second) => 60 * GIB - second * 65_536],
    [state('system.filesystem.inodes', 'used'), () => 1e6],
    [state('system.filesystem.inodes', 'free'), () => 5e6],
    [seriesKey('system.filesystem.read_only', attributes), () => 0],
  ]
}

/** Blocks of one tick each, as a frame of an agent that is up to date. */
function ticksOf(): { keys: readonly string[]; blocks: readonly Block[] } {
  const recorded = hourOfRecording(readRecording(), START_MS)
  const { present, values } = recorded.block
  const keys = [...recorded.keys, ...unrecorded.map(([key]) => key)]
  const blocks = Array.from({ length: SECONDS }, (_, second): Block => {
    const tick = [
      ...recorded.keys.map((_key, column) => values[column * present.length + second] ?? NaN),
      ...unrecorded.map(([key, valueAt]) => toSteps(metricOf(key), valueAt(second))),
    ]
    return {
      revision: 1,
      startMs: START_MS + second * INTERVAL_MS,
      stepMs: INTERVAL_MS,
      present: new Uint8Array([1]),
      values: Float64Array.from(tick),
    }
  })
  return { keys, blocks }
}

const { keys, blocks } = ticksOf()
// One more with a window on each of the CPU's modes, as people make them.
const [first] = DEFAULT_RULES
if (!first) throw new Error('there are no rules')
const ofModes: RuleDraft = {
  ...first.draft,
  condition: {
    type: 'metric',
    metric: 'system.cpu.utilization',
    attributes: { 'cpu.mode': '*' },
    statistic: 'mean',
    windowMs: 300_000,
    operator: '>',
    threshold: 0.98,
    clearAt: 0.95,
    forMs: 60_000,
    clearForMs: 60_000,
    onlyIfChanged: false,
  },
}
const rules = [...DEFAULT_RULES.map(({ draft }) => draft), ofModes].map((draft, index): Rule => {
  return { ...draft, key: null, id: index + 1, changedMs: 0 }
})
const hosts = Array.from({ length: HOSTS }, (_, index) => {
  const watches = createWatches(index + 1)
  const probes = compileProbes(rules, keys, watches)
  // As long a past as a trend ever has.
  const past = Array.from({ length: TREND_POINTS }, (_point, ago) => ({
    timeMs: START_MS - (TREND_POINTS - ago) * TREND_STEP_MS,
    usedBytes: 39 * GIB + ago * 1e7 + (ago % 7) * 1e6,
  }))
  for (const watch of watches.byKey.values()) watch.trend?.seed(past)
  return probes
})

let outcomes = 0
let startedAt = process.cpuUsage()
for (const [second, block] of blocks.entries()) {
  if (second === WARM_UP_SECONDS) startedAt = process.cpuUsage()
  for (const probes of hosts) probes.step(block, 0, INTERVAL_MS, () => outcomes++)
}
const { user, system } = process.cpuUsage(startedAt)
const probed = hosts[0]?.probes.length ?? 0
print({
  name: 'alerts.evaluate_core_share',
  value: (user + system) / 1e6 / (SECONDS - WARM_UP_SECONDS),
  unit: '1',
  better: 'lower',
  note: `${HOSTS} hosts each second, ${rules.length} rules on ${probed} series of a table of ${keys.length}; trends included; ${outcomes} transitions`,
})
