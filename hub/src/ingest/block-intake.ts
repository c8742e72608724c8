// Owns what a block must be to be taken from an agent (docs/protocol.md, T3 and T7), and its cutting into ticks.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeBlock, encodeBlock, type Block } from '@vigie/shared/codec/block'
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { CodecError } from '@vigie/shared/codec/codec-error'
import { parseSeries, tableRevision } from '@vigie/shared/metrics/series'
import type { SeriesTable } from '@vigie/shared/protocol/agent'
import type { CloseName } from '@vigie/shared/protocol/close-codes'
import {
  AGENT_BLOCK_LIMITS,
  MAX_AHEAD_MS,
  MAX_TABLES_PER_CONNECTION,
} from '@vigie/shared/protocol/limits'
import type { TickPayload } from './ports.ts'

/** Why a frame closes its socket. */
export interface Fault {
  readonly close: CloseName
  readonly detail: string
}

/** Adds a series table to those that its connection has announced, or says what is wrong with it. */
export function announce(
  table: SeriesTable,
  tables: Map<number, readonly string[]>,
): Fault | undefined {
  if (tables.has(table.revision)) return undefined
  const fault =
    tables.size >= MAX_TABLES_PER_CONNECTION ? malformed('too many series tables') : faultOf(table)
  if (!fault) tables.set(table.revision, table.keys)
  return fault
}

function faultOf({ revision, keys }: SeriesTable): Fault | undefined {
  if (tableRevision(keys) !== revision) return malformed('a revision that is not of its keys')
  if (new Set(keys).size !== keys.length) return malformed('a series twice in one table')
  const bad = keys.find((key) => parseSeries(key) === undefined)
  return bad === undefined ? undefined : malformed(`${JSON.stringify(bad)} is not a series`)
}

export interface Intake {
  readonly block: Block
  readonly keys: readonly string[]
}

/** Checks a binary frame against the tables that its connection has announced. */
export function takeBlock(
  bytes: Uint8Array,
  tables: ReadonlyMap<number, readonly string[]>,
  nowMs: number,
): Intake | Fault {
  let block
  try {
    block = decodeBlock(bytes, AGENT_BLOCK_LIMITS)
  } catch (error) {
    if (error instanceof CodecError) return malformed(`block: ${error.message}`)
    throw error
  }
  const keys = tables.get(block.revision)
  if (!keys) return { close: 'outOfOrder', detail: `series table ${block.revision} is not known` }
  const tickCount = block.present.length
  if (block.values.length !== keys.length * tickCount) {
    return malformed(`${block.values.length / tickCount} columns for ${keys.length} series`)
  }
  const lastMs = block.startMs + (tickCount - 1) * block.stepMs
  if (lastMs > nowMs + MAX_AHEAD_MS) {
    return malformed(`a tick ${Math.round((lastMs - nowMs) / 1000)} s ahead of the hub's clock`)
  }
  return { block, keys }
}

const writer = new ByteWriter(4096)
const ONE_TICK = new Uint8Array([1])

// An hour of seconds takes some 20 ms to cut; sockets are served in between.
const VALUES_PER_TURN = 50_000

/** One block of one tick for each tick that was taken; over several turns of the event loop when they are many. */
export function ticksOf(
  block: Block,
  bytes: Uint8Array,
): readonly TickPayload[] | Promise<readonly TickPayload[]> {
  const tickCount = block.present.length
  // A tick that comes alone, as live ones do, is kept byte for byte as it was sent.
  if (tickCount === 1 && block.present[0] === 1) return [{ timeMs: block.startMs, payload: bytes }]
  return block.values.length > VALUES_PER_TURN ? cutInTurns(block) : cut(block, 0, tickCount)
}

async function cutInTurns(block: Block): Promise<TickPayload[]> {
  const tickCount = block.present.length
  const ticksPerTurn = Math.max(1, Math.floor((VALUES_PER_TURN * tickCount) / block.values.length))
  const ticks: TickPayload[] = []
  for (let first = 0; first < tickCount; first += ticksPerTurn) {
    await nextTurn()
    ticks.push(...cut(block, first, Math.min(first + ticksPerTurn, tickCount)))
  }
  return ticks
}

function cut(block: Block, first: number, end: number): TickPayload[] {
  const { revision, stepMs, present, values } = block
  const tickCount = present.length
  const column = new Float64Array(values.length / tickCount)
  const ticks: TickPayload[] = []
  for (let index = first; index < end; index++) {
    if (present[index] !== 1) continue
    for (let series = 0; series < column.length; series++) {
      column[series] = values[series * tickCount + index] ?? NaN
    }
    const timeMs = block.startMs + index * stepMs
    const tick = { revision, startMs: timeMs, stepMs, present: ONE_TICK, values: column }
    ticks.push({ timeMs, payload: encodeBlock(tick, writer) })
  }
  return ticks
}

function malformed(detail: string): Fault {
  return { close: 'malformed', detail }
}
