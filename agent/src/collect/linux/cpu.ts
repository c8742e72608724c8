// Owns CPU time by mode and by core, and the kernel's own counts, from /proc/stat (man 5 proc_stat).
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { Counters } from '../counters.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner, numberAfter } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

// In the order of the file. Guest time follows and is left out: it is counted in user and nice already.
const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'softirq', 'steal'] as const
const IDLE = 3
const IOWAIT = 4
const SHOWN_MODES = MODES.filter((mode) => mode !== 'idle')

const EVENTS = [
  ['intr ', 'system.cpu.interrupts'],
  ['ctxt ', 'system.cpu.context_switches'],
  ['processes ', 'system.process.created'],
] as const
const STATES = [
  ['procs_running ', 'running'],
  ['procs_blocked ', 'blocked'],
] as const

const CPU = Buffer.from('cpu')

interface Core {
  readonly number: number
  readonly counters: Counters
}

/** Utilization in total, by mode and per core; context switches, interrupts, processes. */
export class CpuSource implements Source {
  readonly name = 'cpu'
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #total = new Counters(MODES.length)
  readonly #events = new Counters(EVENTS.length)
  readonly #labels = [...EVENTS, ...STATES].map(([label]) => Buffer.from(`\n${label}`))
  readonly #growth = new Float64Array(MODES.length)
  #cores: Core[] = []
  #readings = readingsOf([])

  constructor(root: string) {
    this.#file = new ProcFile(`${root}proc/stat`)
  }

  read(nowMs: number): Readings {
    const length = this.#file.read()
    const scanner = this.#scanner.over(this.#file.bytes, length)
    const coresAt = this.#find(scanner)
    const { values } = this.#readings

    let at = 0
    scanner.position = CPU.length
    values[at++] = this.#times(scanner, this.#total, nowMs)
    const all = sum(this.#growth)
    for (let mode = 0; mode < MODES.length; mode++) {
      if (mode !== IDLE) values[at++] = (this.#growth[mode] ?? NaN) / all
    }
    scanner.position = coresAt
    for (const core of this.#cores) {
      scanner.skipField()
      values[at++] = this.#times(scanner, core.counters, nowMs)
      scanner.skipLine()
    }
    this.#events.begin(nowMs)
    this.#labels.forEach((label, index) => {
      const count = numberAfter(scanner, this.#file, label)
      values[at++] = index < EVENTS.length ? this.#events.rate(index, count) : count
    })
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }

  // Reads one line's times into #growth and returns the busy share. Idle time and waiting for I/O may go back a little by
  // themselves (the kernel's documentation says so): that makes neither a reset nor a spike of the rest.
  #times(scanner: ByteScanner, counters: Counters, nowMs: number): number {
    counters.begin(nowMs)
    for (let mode = 0; mode < MODES.length; mode++) {
      this.#growth[mode] = counters.growth(mode, scanner.number())
    }
    let busy = 0
    for (let mode = 0; mode < MODES.length; mode++) {
      if (mode !== IDLE && mode !== IOWAIT) busy += this.#growth[mode] ?? NaN
    }
    const all = sum(this.#growth)
    return all > 0 ? busy / all : NaN
  }

  // Returns where the lines of the cores start, after seeing to it that the series are those of the cores that are online.
  #find(scanner: ByteScanner): number {
    scanner.position = 0
    scanner.skipLine()
    const start = scanner.position
    let index = 0
    let isSame = true
    for (; scanner.skipIf(CPU); index++) {
      const number = scanner.number()
      isSame &&= this.#cores[index]?.number === number
      scanner.skipLine()
    }
    if (!isSame || index !== this.#cores.length || this.#readings.keys.length === 0) {
      this.#rebuild(scanner, start)
    }
    return start
  }

  #rebuild(scanner: ByteScanner, start: number): void {
    const known = new Map(this.#cores.map((core) => [core.number, core]))
    this.#cores = []
    scanner.position = start
    while (scanner.skipIf(CPU)) {
      const number = scanner.number()
      this.#cores.push(known.get(number) ?? { number, counters: new Counters(MODES.length) })
      scanner.skipLine()
    }
    this.#readings = readingsOf(keysOf(this.#cores))
  }
}

function sum(growth: Float64Array): number {
  let total = 0
  for (let mode = 0; mode < growth.length; mode++) {
    const grown = growth[mode] ?? NaN
    if ((mode === IDLE || mode === IOWAIT) && Number.isNaN(grown)) continue
    total += grown
  }
  return total
}

function keysOf(cores: readonly Core[]): SeriesKey[] {
  const utilization = 'system.cpu.utilization'
  return [
    seriesKey(utilization),
    ...SHOWN_MODES.map((mode) => seriesKey(utilization, { 'cpu.mode': mode })),
    ...cores.map((core) => seriesKey(utilization, { 'cpu.logical_number': String(core.number) })),
    ...EVENTS.map(([, metric]) => seriesKey(metric)),
    ...STATES.map(([, state]) => seriesKey('system.process.count', { 'process.state': state })),
  ]
}
