// Owns what rules watch that no agent sends: ratios and sizes of series of one tick, named as OpenTelemetry would.
import { findMetric, type ChartGroup, type Metric, type Unit } from './catalogue.ts'
import type { Attributes } from './series.ts'

/** A series of the tick: `metric` with just these attributes and the grouping ones of the derived metric. */
export interface Operand {
  readonly metric: string
  readonly attributes: Attributes
}

/** `ratio`: the sum of some over the sum of others. `absolute`: how far from 0. Missing where an operand is missing. */
export type Derivation =
  | {
      readonly type: 'ratio'
      readonly numerator: readonly Operand[]
      readonly denominator: readonly Operand[]
    }
  | { readonly type: 'absolute'; readonly of: Operand }

/** `attributes` are the grouping ones: each combination of their values is a series. */
export interface DerivedMetric extends Metric {
  readonly derivation: Derivation
}

const mount = 'system.filesystem.mountpoint'
const operand = (metric: string, attributes: Attributes = {}): Operand => ({ metric, attributes })
const filesystem = (state: string): Operand =>
  operand('system.filesystem.usage', { 'system.filesystem.state': state })
const inodes = (state: string): Operand =>
  operand('system.filesystem.inodes', { 'system.filesystem.state': state })
const paging = (state: string): Operand =>
  operand('system.paging.usage', { 'system.paging.state': state })

type Row = [
  name: string,
  unit: Unit,
  better: Metric['better'],
  group: ChartGroup,
  en: string,
  fr: string,
  attributes: string[],
  derivation: Derivation,
]

// As df counts: of what users can have, the blocks kept for root left out.
// prettier-ignore
const rows: Row[] = [
  ['system.filesystem.utilization', '1', 'lower', 'filesystem', 'Filesystem used', 'Système de fichiers utilisé', [mount],
    { type: 'ratio', numerator: [filesystem('used')], denominator: [filesystem('used'), filesystem('available')] }],
  ['system.filesystem.inodes.utilization', '1', 'lower', 'filesystem', 'Inodes used', 'Inodes utilisés', [mount],
    { type: 'ratio', numerator: [inodes('used')], denominator: [inodes('used'), inodes('free')] }],
  ['system.linux.memory.available.utilization', '1', 'higher', 'memory', 'Memory available', 'Mémoire disponible', [],
    { type: 'ratio', numerator: [operand('system.linux.memory.available')], denominator: [operand('system.memory.limit')] }],
  ['system.paging.utilization', '1', 'lower', 'memory', 'Swap used', 'Espace d’échange utilisé', [],
    { type: 'ratio', numerator: [paging('used')], denominator: [paging('used'), paging('free')] }],
  ['vigie.clock.error', 's', 'lower', 'agent', 'Clock error', 'Erreur d’horloge', [],
    { type: 'absolute', of: operand('vigie.clock.offset') }],
]

export const DERIVED_METRICS: readonly DerivedMetric[] = rows.map(
  ([name, unit, better, group, en, fr, attributes, derivation]) => ({
    name,
    unit,
    step: unit === '1' ? 1e-4 : 1e-3,
    attributes,
    label: { en, fr },
    better,
    group,
    derivation,
  }),
)

const byName = new Map(DERIVED_METRICS.map((metric) => [metric.name, metric]))

export function findDerived(name: string): DerivedMetric | undefined {
  return byName.get(name)
}

/** The entry of what a rule may watch: a derived metric, or one of the catalogue. */
export function findMeasure(name: string): Metric {
  return byName.get(name) ?? findMetric(name)
}
