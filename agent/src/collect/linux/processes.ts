// Owns the busiest processes by CPU, memory and I/O, from /proc, in slices that leave the tick its time.
import { readdirSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Process } from '@vigie/shared/protocol/inventory'
import type { KernelUnits } from './auxiliary-vector.ts'
import type { ProcessDetails } from './process-details.ts'
import { readProcessIo, readProcessStat, type ProcessIo, type ProcessStat } from './process-stat.ts'

const PER_SLICE = 32
const TOP_OF_EACH = 10

export interface TopProcesses {
  readonly total: number
  readonly top: Process[]
}

export interface ProcessesOptions {
  readonly root: string
  readonly units: KernelUnits
  readonly details: ProcessDetails
  monotonicMs(): number
}

interface Seen {
  readonly pid: number
  stat: ProcessStat
  io: ProcessIo | undefined
  readAtMs: number
  /** Of one core, since the reading before; NaN at the first. */
  cpuRatio: number
  readBytesPerS: number
  writeBytesPerS: number
}

/** Follows every process from one look to the next. */
export class Processes {
  readonly #options: ProcessesOptions
  #seen = new Map<number, Seen>()

  constructor(options: ProcessesOptions) {
    this.#options = options
  }

  /** Looks at all processes. The first look at a process knows its memory and not yet its rates. */
  async look(): Promise<TopProcesses> {
    const pids = this.#pids()
    const seen = new Map<number, Seen>()
    for (let index = 0; index < pids.length; index++) {
      if (index % PER_SLICE === PER_SLICE - 1) await nextTurn()
      const found = this.#follow(pids[index] ?? 0)
      if (found) seen.set(found.pid, found)
    }
    this.#seen = seen
    this.#options.details.follow(seen)
    const top: Process[] = []
    for (const one of topOf([...seen.values()])) top.push(await this.#describe(one))
    return { total: seen.size, top }
  }

  #pids(): number[] {
    const pids: number[] = []
    for (const name of readdirSync(`${this.#options.root}proc`)) {
      const pid = Number(name)
      if (Number.isInteger(pid)) pids.push(pid)
    }
    return pids
  }

  #follow(pid: number): Seen | undefined {
    const path = `${this.#options.root}proc/${pid}`
    const stat = readProcessStat(path)
    if (!stat) return undefined
    const nowMs = this.#options.monotonicMs()
    const known = this.#seen.get(pid)
    if (known?.stat.startTicks !== stat.startTicks) return firstSeen(pid, stat, path, nowMs)

    const spanS = (nowMs - known.readAtMs) / 1000
    const ticks = stat.cpuTicks - known.stat.cpuTicks
    // Who has used no CPU has moved no data worth naming: it spares most of the reading.
    const io = ticks > 0 ? readProcessIo(path) : known.io
    const rate = (count?: number, before?: number) =>
      count === undefined || before === undefined || count < before ? NaN : (count - before) / spanS
    return {
      pid,
      stat,
      io,
      readAtMs: nowMs,
      cpuRatio: ticks / this.#options.units.ticksPerS / spanS,
      readBytesPerS: rate(io?.readBytes, known.io?.readBytes),
      writeBytesPerS: rate(io?.writtenBytes, known.io?.writtenBytes),
    }
  }

  async #describe(one: Seen): Promise<Process> {
    const { units, details } = this.#options
    const { command, user } = await details.of(one.pid, one.stat)
    return {
      pid: one.pid,
      name: one.stat.name.slice(0, 256),
      command,
      memoryBytes: one.stat.residentPages * units.pageBytes,
      threads: one.stat.threads,
      ...(user !== undefined && { user }),
      ...(one.cpuRatio >= 0 && { cpuRatio: rounded(one.cpuRatio, 1e4) }),
      ...(one.readBytesPerS >= 0 && { readBytesPerS: rounded(one.readBytesPerS, 1) }),
      ...(one.writeBytesPerS >= 0 && { writeBytesPerS: rounded(one.writeBytesPerS, 1) }),
    }
  }
}

function firstSeen(pid: number, stat: ProcessStat, path: string, nowMs: number): Seen {
  return {
    pid,
    stat,
    io: readProcessIo(path),
    readAtMs: nowMs,
    cpuRatio: NaN,
    readBytesPerS: NaN,
    writeBytesPerS: NaN,
  }
}

/** The union of the first by CPU, by memory and by I/O; the busiest CPU first, then the largest. */
function topOf(all: readonly Seen[]): Seen[] {
  const orders: ((one: Seen) => number)[] = [
    (one) => one.cpuRatio || 0,
    (one) => one.stat.residentPages,
    (one) => (one.readBytesPerS || 0) + (one.writeBytesPerS || 0),
  ]
  const chosen = new Set<Seen>()
  for (const order of orders) {
    const ranked = all.filter((one) => order(one) > 0).sort((a, b) => order(b) - order(a))
    for (const one of ranked.slice(0, TOP_OF_EACH)) chosen.add(one)
  }
  return [...chosen].sort(
    (a, b) => (b.cpuRatio || 0) - (a.cpuRatio || 0) || b.stat.residentPages - a.stat.residentPages,
  )
}

function rounded(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit
}
