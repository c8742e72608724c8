// Proves that the timeline holds the same, whatever the order and the repetition of what it is told.
import { decodeBlock, encodeBlock, type Block } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Timeline } from './timeline.ts'

const STEP_MS = 1000
const START_MS = 1_795_400_000_000
const SPAN_MS = 20 * STEP_MS

const KEYS = [
  'system.cpu.load_average.1m',
  'system.cpu.utilization',
  'system.memory.limit',
  'system.network.io{network.interface.name="eth0",network.io.direction="receive"}',
]

// One truth for every time and series, so that blocks that overlap agree as those of one agent do.
function truth(series: number, tick: number): number {
  return (tick * 7 + series * 13) % 5 === 0 ? NaN : tick * 100 + series
}

interface Piece {
  readonly keys: readonly string[]
  readonly block: Block
}

/** A block of some ticks of some series, through the codec as it comes from the hub. */
function piece(options: {
  first: number
  taken: readonly boolean[]
  series: readonly number[]
}): Piece {
  const { first, taken, series } = options
  const keys = series.map((index) => KEYS[index] ?? '')
  const values = new Float64Array(taken.length * series.length).fill(NaN)
  for (const [column, index] of series.entries()) {
    for (const [tick, isTaken] of taken.entries()) {
      if (isTaken) values[column * taken.length + tick] = truth(index, first + tick)
    }
  }
  const block = {
    revision: tableRevision(keys),
    startMs: START_MS + first * STEP_MS,
    stepMs: STEP_MS,
    present: Uint8Array.from(taken, Number),
    values,
  }
  return { keys, block: decodeBlock(encodeBlock(block)) }
}

const pieces = fc.array(
  fc
    .record({
      first: fc.nat(60),
      taken: fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
      series: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    })
    .map(piece),
  { minLength: 1, maxLength: 12 },
)

function told(given: readonly Piece[]): Timeline {
  const timeline = new Timeline(STEP_MS, SPAN_MS)
  for (const { keys, block } of given) timeline.merge(keys, block)
  return timeline
}

function everythingIn(timeline: Timeline) {
  const newest = timeline.newestMs ?? START_MS
  const firstSlot = timeline.slotOf(newest) - timeline.capacity - 3
  const values = [...timeline.keys].sort().map((key) => {
    const out = new Float64Array(timeline.capacity + 8)
    timeline.copy(key, firstSlot, out)
    return [key, [...out]]
  })
  return { newest: timeline.newestMs, gaps: timeline.gaps(), now: timeline.newest(), values }
}

describe('a timeline', () => {
  it('is the same for any order of blocks, and for blocks that come twice', () => {
    fc.assert(
      fc.property(
        pieces.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given, ...given], {
              minLength: given.length * 2,
              maxLength: given.length * 2,
            }),
          ),
        ),
        ([given, shuffled]) => {
          expect(everythingIn(told(shuffled))).toEqual(everythingIn(told(given)))
        },
      ),
    )
  })

  it('holds of each series what was told of it within the window, and nothing else', () => {
    fc.assert(
      fc.property(pieces, (given) => {
        const timeline = told(given)
        const newest = timeline.newestMs
        if (newest === null) return
        for (let tick = -5; tick < 100; tick++) {
          const timeMs = START_MS + tick * STEP_MS
          for (const [series, key] of KEYS.entries()) {
            const isTold = given.some(({ keys, block }) => {
              const at = (timeMs - block.startMs) / STEP_MS
              return keys.includes(key) && block.present[at] === 1
            })
            const isHeld =
              isTold && timeMs <= newest && timeMs > newest - timeline.capacity * STEP_MS
            const steps = isHeld ? truth(series, tick) : NaN
            const size = [0.01, 1e-4, 1024, 1][series] ?? 1
            const value = timeline.valueAt(key, timeMs)
            if (Number.isNaN(steps)) expect(value).toBeNaN()
            else expect(value).toBeCloseTo(steps * size, 6)
          }
        }
      }),
    )
  })

  it('is empty before the first block', () => {
    const timeline = new Timeline(STEP_MS, SPAN_MS)
    expect(timeline.newestMs).toBeNull()
    expect(timeline.gaps()).toEqual([])
    expect(timeline.newest().size).toBe(0)
    expect(timeline.valueAt('system.cpu.utilization', START_MS)).toBeNaN()
  })

  it('tells of holes from the tick before them to the tick after them', () => {
    const timeline = told([
      piece({ first: 0, taken: [true, true, false, false, true], series: [0] }),
    ])
    expect(timeline.gaps()).toEqual([{ fromMs: START_MS + 1000, toMs: START_MS + 4000 }])
  })

  it('says when a series appears, and when its last value has left the window', () => {
    const timeline = new Timeline(STEP_MS, SPAN_MS)
    const one = piece({ first: 1, taken: [true], series: [0] })
    const other = piece({ first: 1 + timeline.capacity, taken: [true], series: [1] })
    expect(timeline.merge(one.keys, one.block)).toBe(true)
    expect(timeline.merge(one.keys, one.block)).toBe(false)
    expect(timeline.merge(other.keys, other.block)).toBe(true)
    expect(timeline.keys).toEqual(['system.cpu.utilization'])
  })
})
