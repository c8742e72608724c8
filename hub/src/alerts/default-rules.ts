// Owns the rules that every hub begins with.
import type { Condition, MetricCondition, RuleDraft } from '@vigie/shared/api/rule'
import { DEFAULT_RULE_NAMES, type DefaultRuleKey } from '@vigie/shared/alerts/rule-names'

export interface DefaultRule {
  readonly key: DefaultRuleKey
  readonly draft: RuleDraft
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** A crisis is told again while nobody has taken it. */
const REMIND_CRISIS_MS = 4 * HOUR_MS

const everyMount = { 'system.filesystem.mountpoint': '*' }
const pressure = (resource: string, type: string) => ({
  'system.linux.pressure.resource': resource,
  'system.linux.pressure.type': type,
})

type Watched = Pick<MetricCondition, 'metric' | 'threshold' | 'clearAt'> & Partial<MetricCondition>

const over = (condition: Watched): MetricCondition => ({
  type: 'metric',
  attributes: {},
  statistic: 'last',
  windowMs: 0,
  operator: '>',
  forMs: 0,
  clearForMs: 0,
  onlyIfChanged: false,
  ...condition,
})

const rule = (
  severity: RuleDraft['severity'],
  key: DefaultRuleKey,
  condition: Condition,
): DefaultRule => ({
  key,
  draft: {
    name: DEFAULT_RULE_NAMES[key].en,
    isEnabled: true,
    severity,
    condition,
    scope: { type: 'all' },
    recipients: [],
    remindEveryMs: severity === 'crisis' && condition.type !== 'reboot' ? REMIND_CRISIS_MS : null,
  },
})

export const DEFAULT_RULES: readonly DefaultRule[] = [
  rule('crisis', 'host-down', {
    type: 'down',
    graceMs: 30 * SECOND_MS,
    stoppedGraceMs: 10 * MINUTE_MS,
  }),
  rule(
    'crisis',
    'filesystem-nearly-full',
    over({
      metric: 'system.filesystem.utilization',
      attributes: everyMount,
      threshold: 0.9,
      clearAt: 0.85,
      forMs: 5 * MINUTE_MS,
    }),
  ),
  rule('warning', 'filesystem-fills', {
    type: 'fills',
    mountpoint: '*',
    withinMs: 24 * HOUR_MS,
    clearMs: 48 * HOUR_MS,
    forMs: 30 * MINUTE_MS,
  }),
  rule(
    'warning',
    'inodes',
    over({
      metric: 'system.filesystem.inodes.utilization',
      attributes: everyMount,
      threshold: 0.9,
      clearAt: 0.85,
      forMs: 5 * MINUTE_MS,
    }),
  ),
  rule(
    'crisis',
    'memory-available',
    over({
      metric: 'system.linux.memory.available.utilization',
      operator: '<',
      threshold: 0.05,
      clearAt: 0.1,
      forMs: 5 * MINUTE_MS,
    }),
  ),
  // All tasks waited for memory at once: nothing got done, whatever the swap says.
  rule(
    'crisis',
    'swap-thrash',
    over({
      metric: 'system.linux.pressure.stall',
      attributes: pressure('memory', 'full'),
      statistic: 'mean',
      windowMs: MINUTE_MS,
      threshold: 0.1,
      clearAt: 0.05,
      forMs: 2 * MINUTE_MS,
      clearForMs: MINUTE_MS,
    }),
  ),
  rule(
    'warning',
    'cpu-saturated',
    over({
      metric: 'system.linux.pressure.stall',
      attributes: pressure('cpu', 'some'),
      statistic: 'mean',
      windowMs: MINUTE_MS,
      threshold: 0.6,
      clearAt: 0.4,
      forMs: 10 * MINUTE_MS,
      clearForMs: 2 * MINUTE_MS,
    }),
  ),
  // Images and snapshots are read-only all their life.
  rule(
    'crisis',
    'filesystem-read-only',
    over({
      metric: 'system.filesystem.read_only',
      attributes: everyMount,
      threshold: 0,
      clearAt: 0,
      onlyIfChanged: true,
    }),
  ),
  // A kill is in one tick only; the minute makes it seen, and kills of a quarter of an hour are one incident.
  rule(
    'warning',
    'oom-kill',
    over({
      metric: 'system.linux.oom_kills',
      statistic: 'max',
      windowMs: MINUTE_MS,
      threshold: 0,
      clearAt: 0,
      clearForMs: 15 * MINUTE_MS,
    }),
  ),
  rule(
    'warning',
    'failed-units',
    over({
      metric: 'systemd.units',
      attributes: { 'systemd.unit.state': 'failed' },
      threshold: 0,
      clearAt: 0,
      forMs: MINUTE_MS,
    }),
  ),
  rule('crisis', 'unexpected-reboot', { type: 'reboot' }),
  rule(
    'warning',
    'clock-offset',
    over({ metric: 'vigie.clock.error', threshold: 1, clearAt: 0.5, forMs: 2 * MINUTE_MS }),
  ),
  rule(
    'warning',
    'temperature',
    over({
      metric: 'hw.temperature',
      attributes: { 'hw.name': '*', 'hw.sensor_location': '*' },
      threshold: 90,
      clearAt: 85,
      forMs: 2 * MINUTE_MS,
      clearForMs: MINUTE_MS,
    }),
  ),
  rule(
    'warning',
    'reboot-required',
    over({ metric: 'system.linux.reboot_required', threshold: 0, clearAt: 0, forMs: HOUR_MS }),
  ),
]
