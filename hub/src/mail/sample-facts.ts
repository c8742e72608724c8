// Owns the incidents of sample letters: a machine that nobody has, and what could happen to it.
import { seriesKey } from '@vigie/shared/metrics/series'
import { DEFAULT_RULE_NAMES, type DefaultRuleKey } from '@vigie/shared/alerts/rule-names'
import type { Condition, MetricCondition } from '@vigie/shared/api/rule'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type {
  HostFacts,
  IncidentChart,
  IncidentEvidence,
  IncidentFacts,
  WeekFacts,
} from './ports.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const GIB = 2 ** 30

const host: HostFacts = {
  id: 1,
  name: 'web-3',
  system: 'Debian 12.8',
  cores: 4,
  memoryBytes: 16 * GIB,
  addresses: ['192.0.2.23'],
  agentVersion: '0.1.0',
  uptimeMs: 12 * 24 * HOUR_MS,
  lastSeenMs: null,
}

const metric = (condition: Partial<MetricCondition> & { metric: string }): MetricCondition => ({
  type: 'metric',
  attributes: {},
  statistic: 'last',
  windowMs: 0,
  operator: '>',
  threshold: 0.9,
  clearAt: 0.85,
  forMs: 5 * MINUTE_MS,
  clearForMs: 0,
  onlyIfChanged: false,
  ...condition,
})

const MOUNT = { 'system.filesystem.mountpoint': '/var' }
const memory = metric({
  metric: 'system.linux.memory.available.utilization',
  operator: '<',
  threshold: 0.05,
  clearAt: 0.1,
})
const filesystem = metric({ metric: 'system.filesystem.utilization', attributes: MOUNT })

/** Ended ten minutes after `sinceMs`, where it is said to be over. */
interface Sample {
  readonly id: number
  readonly key: DefaultRuleKey
  readonly condition: Condition
  readonly change: Partial<IncidentFacts>
}

function sampleFacts({ id, key, condition, change }: Sample, sinceMs: number): IncidentFacts {
  return {
    id,
    kind: 'incident',
    rule: { id, key, name: DEFAULT_RULE_NAMES[key].en, condition },
    severity: 'crisis',
    state: 'firing',
    series: '',
    sinceMs,
    firedMs: sinceMs + 5 * MINUTE_MS,
    resolvedMs: null,
    resolvedWhy: null,
    owner: null,
    value: null,
    worst: null,
    detail: {},
    remindEveryMs: 4 * HOUR_MS,
    host: { ...host, lastSeenMs: sinceMs },
    ...change,
  }
}

/** One incident of each kind, as if it had begun ten minutes before `nowMs`. */
export function sampleIncidents(nowMs: number) {
  const sinceMs = nowMs - 10 * MINUTE_MS
  const over = { state: 'resolved', resolvedMs: nowMs, resolvedWhy: 'cleared' } as const
  const short = {
    id: 1,
    key: 'memory-available',
    condition: memory,
    change: { series: seriesKey(memory.metric), value: 0.041, worst: 0.018 },
  } as const
  const full = {
    id: 2,
    key: 'filesystem-nearly-full',
    condition: filesystem,
    change: { series: seriesKey(filesystem.metric, MOUNT), value: 0.91, worst: 0.93 },
  } as const
  const down = {
    id: 3,
    key: 'host-down',
    condition: { type: 'down', graceMs: 30_000, stoppedGraceMs: 10 * MINUTE_MS },
    change: { value: 32, detail: { goodbye: null } },
  } as const
  return {
    opened: sampleFacts(short, sinceMs),
    reminder: sampleFacts(short, sinceMs - 4 * HOUR_MS),
    resolved: sampleFacts({ ...short, change: { ...short.change, ...over } }, sinceMs),
    late: sampleFacts({ ...full, change: { ...full.change, ...over, kind: 'late' } }, sinceMs),
    full: sampleFacts(full, sinceMs),
    down: sampleFacts(down, sinceMs),
  }
}

export function sampleEvidence(nowMs: number): IncidentEvidence {
  return {
    snapshots: [sampleSnapshot(nowMs - 65_000), sampleSnapshot(nowMs - 5000)],
    otherOpen: [sampleIncidents(nowMs).full],
    chart: sampleChart(nowMs),
  }
}

/** Memory that leaves, and a hole. */
function sampleChart(nowMs: number): IncidentChart {
  const values = Array.from({ length: 60 }, (_, minute) => {
    if (minute === 20 || minute === 21) return null
    const left = 0.36 - 0.01 * Math.sin(minute / 3)
    return Math.max(0.041, minute < 30 ? left : left - (minute - 29) * 0.014)
  })
  return {
    series: seriesKey(memory.metric),
    fromMs: nowMs - HOUR_MS,
    stepMs: MINUTE_MS,
    values,
    threshold: memory.threshold,
    markMs: nowMs - 5 * MINUTE_MS,
  }
}

function sampleSnapshot(timeMs: number): Snapshot {
  const process = (pid: number, command: string, memoryGib: number, cpuRatio: number) => ({
    pid,
    name: command.split(/[: ]/)[0] ?? command,
    command,
    memoryBytes: Math.round(memoryGib * GIB),
    cpuRatio,
  })
  return {
    timeMs,
    processes: {
      total: 214,
      top: [
        process(811, 'webd: worker 7', 9.1, 0.88),
        process(807, 'webd: worker 3', 1.9, 0.124),
        process(805, 'webd: worker 1', 1.8, 0.119),
        process(96, 'kswapd0', 0, 0.642),
        process(702, 'vigie-agent run', 0.06, 0.007),
      ],
    },
  }
}

export function sampleWeek(nowMs: number): WeekFacts {
  const { resolved, late } = sampleIncidents(nowMs - 24 * HOUR_MS)
  return {
    hostCount: 42,
    hostsDown: [],
    outdatedAgents: ['lab-2'],
    incidents: [
      { ...resolved, severity: 'warning' },
      { ...late, kind: 'incident', severity: 'warning' },
    ],
    mails: { delivered: 4, failed: 0, waiting: 0 },
    database: { sizeBytes: 1.8e9, diskFreeBytes: 210e9 },
  }
}
