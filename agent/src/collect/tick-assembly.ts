// Owns the making of a tick: the readings of all sources, in their fixed order, rounded once to whole steps.
import type { Metric } from '@vigie/shared/metrics/catalogue'
import { toSteps } from '@vigie/shared/metrics/catalogue'
import { MAX_SERIES_KEY_LENGTH, metricOf, tableRevision } from '@vigie/shared/metrics/series'
import { AGENT_BLOCK_LIMITS } from '@vigie/shared/protocol/limits'
import type { SeriesTable, Tick } from '../tick.ts'
import type { Readings } from './readings.ts'

/** Where a value of the table comes from. */
interface Slot {
  readonly metric: Metric
  readonly values: Float64Array
  readonly index: number
}

export class TickAssembly {
  #parts: readonly Readings[] = []
  #slots: readonly Slot[] = []
  #table: SeriesTable = { revision: tableRevision([]), keys: [] }

  /** Makes a tick of the parts. The table changes only when a part is another object than last time. */
  assemble(timeMs: number, parts: readonly Readings[]): Tick {
    if (!isSame(parts, this.#parts)) this.#rebuild(parts)
    const values = new Float64Array(this.#slots.length)
    for (let index = 0; index < values.length; index++) {
      const slot = this.#slots[index]
      if (slot) values[index] = toSteps(slot.metric, slot.values[slot.index] ?? NaN)
    }
    return { timeMs, table: this.#table, values }
  }

  #rebuild(parts: readonly Readings[]): void {
    this.#parts = [...parts]
    const found = parts.flatMap(({ keys, values }) =>
      keys.map((key, index) => ({ key, metric: metricOf(key), values, index })),
    )
    // The hub refuses a table over its limits: a machine with more series shows the first of them.
    const kept = found
      .filter(({ key }) => key.length <= MAX_SERIES_KEY_LENGTH)
      .slice(0, AGENT_BLOCK_LIMITS.maxSeries)
    this.#slots = kept
    const keys = kept.map(({ key }) => key)
    const revision = tableRevision(keys)
    if (revision !== this.#table.revision) this.#table = { revision, keys }
  }
}

function isSame(parts: readonly Readings[], previous: readonly Readings[]): boolean {
  if (parts.length !== previous.length) return false
  for (let index = 0; index < parts.length; index++) {
    if (parts[index] !== previous[index]) return false
  }
  return true
}
