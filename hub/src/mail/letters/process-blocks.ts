// Owns what a letter shows of the snapshots around an incident: the busiest processes, and units that failed.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { formatValue } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import { findMeasure } from '@vigie/shared/metrics/derived'
import type { Process, Snapshot } from '@vigie/shared/protocol/inventory'
import type { IncidentFacts } from '../ports.ts'
import type { Block } from './content.ts'
import type { LetterContext } from './letter-context.ts'

const SHOWN = 5
const COMMAND_LENGTH = 60
const MAX_UNITS = 30

export function processBlocks(
  { rule: { condition } }: IncidentFacts,
  snapshots: readonly Snapshot[],
  { locale, words, times }: LetterContext,
): Block[] {
  const last = snapshots.at(-1)
  if (!last) return []
  const blocks: Block[] = []
  const units = last.failedUnits ?? []
  if (condition.type === 'metric' && condition.metric === 'systemd.units' && units.length > 0) {
    const items = units.slice(0, MAX_UNITS).map((unit) => ({ text: plainLine(unit), url: null }))
    blocks.push({ type: 'heading', text: words.failedUnits }, { type: 'names', items })
  }
  const isMemory =
    condition.type === 'metric' && isAboutMemory(condition.metric, condition.attributes)
  const busiest = busiestOf(snapshots, isMemory ? 'memory' : 'cpu').slice(0, SHOWN)
  if (busiest.length === 0) return blocks
  const note = (isMemory ? words.byMemory : words.byCpu)(times.at(last.timeMs))
  blocks.push(
    { type: 'heading', text: words.processes, note },
    {
      type: 'table',
      columns: [words.command, words.memory, words.cpu],
      rows: busiest.map((process) => [
        process.command,
        memoryText(process.memoryBytes, locale),
        cpuText(process.cpuRatio, locale),
      ]),
    },
  )
  return blocks
}

interface Busy {
  readonly command: string
  /** The most that it had. */
  readonly memoryBytes: number
  /** Of one core, the mean of where it was seen; null where that is not known. */
  readonly cpuRatio: number | null
}

/** The processes of several snapshots, each once. */
export function busiestOf(snapshots: readonly Snapshot[], by: 'memory' | 'cpu'): Busy[] {
  const seen = new Map<string, Process[]>()
  for (const { processes } of snapshots) {
    for (const process of processes?.top ?? []) {
      // A number is given to another process in time.
      const key = `${process.pid} ${process.name}`
      seen.set(key, [...(seen.get(key) ?? []), process])
    }
  }
  const busy = Array.from(seen.values(), (times): Busy => {
    const ratios = times.flatMap(({ cpuRatio }) => (cpuRatio === undefined ? [] : [cpuRatio]))
    const { command = '', name = '' } = times.at(-1) ?? {}
    return {
      command: plainLine(command, COMMAND_LENGTH) || plainLine(name, COMMAND_LENGTH),
      memoryBytes: Math.max(...times.map(({ memoryBytes }) => memoryBytes)),
      cpuRatio:
        ratios.length === 0 ? null : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
    }
  })
  const load = (process: Busy): number =>
    by === 'memory' ? process.memoryBytes : (process.cpuRatio ?? -1)
  return busy.sort((one, other) => load(other) - load(one))
}

function isAboutMemory(metric: string, attributes: Readonly<Record<string, string>>): boolean {
  return (
    findMeasure(metric).group === 'memory' ||
    attributes['system.linux.pressure.resource'] === 'memory'
  )
}

function memoryText(bytes: number, locale: Locale): string {
  return joined(formatValue(bytes, 'By', locale, { binary: true }))
}

function cpuText(ratio: number | null, locale: Locale): string {
  return joined(formatValue(ratio, '1', locale))
}
