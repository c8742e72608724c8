// Owns the last minute of a host's busiest processes: what is kept with an incident that begins.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Process, Snapshot } from '@vigie/shared/protocol/inventory'

const SPAN_MS = 60_000
/** A snapshot comes every 10 s; who sends more often has no more room. */
const MOST = 7
const TOP_OF_EACH = 8
const MAX_COMMAND_LENGTH = 120
const MAX_UNITS = 16
// A snapshot is some 4 kB: more room to look back in would only be taken and given back.
const PACKING = { level: 1, windowBits: 12, memLevel: 4, chunkSize: 4096 }

interface Packed {
  readonly timeMs: number
  readonly bytes: Uint8Array
}

/** Packed, because nearly none is ever read: a thousand hosts cost 7 MB, and would cost 25 as JSON. */
export class RecentSnapshots {
  #packed: readonly Packed[] = []

  add(snapshot: Snapshot): void {
    const { timeMs } = snapshot
    // After a clock was set back, what it called later is no part of the last minute.
    const kept = this.#packed.filter((one) => one.timeMs <= timeMs && timeMs - one.timeMs < SPAN_MS)
    this.#packed = [...kept.slice(1 - MOST), { timeMs, bytes: pack(trimmed(snapshot)) }]
  }

  /** Oldest first; of each the busiest processes by CPU and by memory, and no users. */
  read(): readonly Snapshot[] {
    return this.#packed.map(({ bytes }) => JSON.parse(inflateRawSync(bytes).toString()) as Snapshot)
  }
}

function pack(snapshot: Snapshot): Uint8Array {
  // Copied: what deflate gives is a part of a larger buffer.
  return Uint8Array.from(deflateRawSync(JSON.stringify(snapshot), PACKING))
}

function trimmed({ timeMs, processes, failedUnits }: Snapshot): Snapshot {
  return {
    timeMs,
    ...(processes && { processes: { total: processes.total, top: busiest(processes.top) } }),
    ...(failedUnits && { failedUnits: failedUnits.slice(0, MAX_UNITS) }),
  }
}

/** In the order in which they came. */
function busiest(top: readonly Process[]): Process[] {
  const chosen = new Set([
    ...top.toSorted((a, b) => (b.cpuRatio ?? 0) - (a.cpuRatio ?? 0)).slice(0, TOP_OF_EACH),
    ...top.toSorted((a, b) => b.memoryBytes - a.memoryBytes).slice(0, TOP_OF_EACH),
  ])
  return top
    .filter((process) => chosen.has(process))
    .map((process) => ({ ...process, command: shortened(process.command) }))
}

function shortened(command: string): string {
  if (command.length <= MAX_COMMAND_LENGTH) return command
  return `${command.slice(0, MAX_COMMAND_LENGTH - 1).toWellFormed()}…`
}
