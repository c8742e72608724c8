// Owns the six figures at the top of a host's page, as its newest values tell them.
import { findMetric, type Unit } from '@vigie/shared/metrics/catalogue'
import { formatValue, type FormatOptions } from '../format/format-value.ts'
import { joined, UNKNOWN, type Quantity } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import { filesystemsOf, NEARLY_FULL } from './filesystems.ts'
import type { Machine, Say } from './plan/host-plan.ts'
import { coreCount } from './plan/cpu.ts'

/** A number on the page; `series` where it is one series as it was measured, `value` in that series' unit. */
export interface Figure {
  readonly quantity: Quantity
  readonly value: number | null
  readonly series: string | null
}

export interface KeyFigure {
  readonly id: string
  readonly label: string
  readonly figures: readonly Figure[]
  /** Follows the number, one step quieter. */
  readonly suffix: string
  readonly note: string
  readonly isWarning: boolean
}

export function keyFigures(machine: Machine, say: Say, locale: Locale): KeyFigure[] {
  const facts = new Facts(machine, locale)
  return [
    cpu(facts, say),
    load(facts, say),
    memory(facts, say),
    filesystem(facts, say),
    pressure(facts, say),
    network(facts, say),
  ]
}

const CALM = { suffix: '', isWarning: false } as const

function cpu(facts: Facts, say: Say): KeyFigure {
  const waits = facts.one('system.cpu.utilization', { 'cpu.mode': 'iowait' })
  const note = waits.value === null ? '' : say('figure.cpuNote', { value: joined(waits.quantity) })
  const figures = [facts.one('system.cpu.utilization')]
  return { ...CALM, id: 'cpu', label: say('figure.cpu'), figures, note }
}

function load(facts: Facts, say: Say): KeyFigure {
  const whole = facts.one('system.cpu.load_average.1m')
  const cores = coreCount(facts.machine)
  const each = whole.value === null || cores === 0 ? null : whole.value / cores
  return {
    ...CALM,
    id: 'load',
    label: say('figure.load'),
    figures: [facts.made(each, '{run_queue_item}')],
    note:
      each === null ? '' : say('figure.loadNote', { load: joined(whole.quantity), count: cores }),
  }
}

function memory(facts: Facts, say: Say): KeyFigure {
  const used = facts.one('system.memory.usage', { 'system.memory.state': 'used' })
  const total = facts.one('system.memory.limit')
  const available = facts.one('system.linux.memory.available')
  const ratio = used.value === null || !total.value ? null : used.value / total.value
  const words = {
    total: joined(total.quantity),
    available: joined(available.quantity),
  }
  return {
    ...CALM,
    id: 'memory',
    label: say('figure.memory'),
    figures: [facts.made(ratio, '1')],
    note: ratio === null || available.value === null ? '' : say('figure.memoryNote', words),
  }
}

function filesystem(facts: Facts, say: Say): KeyFigure {
  const [fullest] = filesystemsOf(facts.machine.series, facts.machine.values)
  const space = fullest?.space
  return {
    id: 'filesystem',
    label: say('figure.filesystem'),
    figures: [facts.made(space?.usedRatio ?? null, '1')],
    suffix: fullest && space ? say('figure.filesystemOf', { mount: fullest.mount }) : '',
    note: space
      ? say('figure.filesystemNote', {
          available: joined(facts.made(space.available, 'By').quantity),
          total: joined(facts.made(space.total, 'By').quantity),
        })
      : '',
    isWarning: (space?.usedRatio ?? 0) >= NEARLY_FULL,
  }
}

function pressure(facts: Facts, say: Say): KeyFigure {
  const some = facts.one('system.linux.pressure.stall', {
    'system.linux.pressure.resource': 'io',
    'system.linux.pressure.type': 'some',
  })
  const note = some.value === null ? '' : say('figure.pressureNote')
  return { ...CALM, id: 'pressure', label: say('figure.pressure'), figures: [some], note }
}

function network(facts: Facts, say: Say): KeyFigure {
  const names = facts.machine.series
    .instances('system.network.io', 'network.interface.name')
    .filter((name) => name !== 'lo')
  const sum = (direction: string) => {
    const parts = names.flatMap((name) => {
      const attributes = { 'network.interface.name': name, 'network.io.direction': direction }
      const { value } = facts.one('system.network.io', attributes)
      return value === null ? [] : [value]
    })
    const total = parts.reduce((all, part) => all + part, 0)
    return facts.made(parts.length === 0 ? null : total, 'By/s')
  }
  return {
    ...CALM,
    id: 'network',
    label: say('figure.network'),
    figures: [sum('receive'), sum('transmit')],
    note: names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : ''),
  }
}

/** Reads a machine's newest values and writes them for a reader. */
class Facts {
  readonly machine: Machine
  readonly #locale: Locale

  constructor(machine: Machine, locale: Locale) {
    this.machine = machine
    this.#locale = locale
  }

  /** One series as it was measured. */
  one(metric: string, attributes: Record<string, string> = {}): Figure {
    const { series, values } = this.machine
    const key = series.find(metric, attributes)
    const value = key === undefined ? undefined : values.get(key)
    if (key === undefined || value === undefined) {
      return { quantity: UNKNOWN, value: null, series: key ?? null }
    }
    return {
      ...this.made(value, findMetric(metric).unit, { binary: metric.includes('.memory.') }),
      series: key,
    }
  }

  /** A number worked out from several. */
  made(value: number | null, unit: Unit, options: FormatOptions = {}): Figure {
    return { quantity: formatValue(value, unit, this.#locale, options), value, series: null }
  }
}
