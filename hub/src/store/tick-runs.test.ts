import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeTicks, RUN_LIMITS, type TickRow } from './tick-runs.ts'

const tick = (
  timeMs: number,
  revision: number,
  values: readonly number[],
  stepMs = 1000,
): TickRow => ({
  timeMs,
  block: {
    revision,
    startMs: timeMs,
    stepMs,
    present: new Uint8Array([1]),
    values: Float64Array.from(values),
  },
})

const ticks = fc
  .uniqueArray(
    fc.record({
      timeMs: fc.oneof(
        fc.nat(60).map((s) => s * 1000),
        fc.nat(90_000),
        fc.nat(1e9),
      ),
      revision: fc.nat(1),
      value: fc.oneof(fc.nat(1000), fc.constant(NaN)),
    }),
    { selector: ({ timeMs }) => timeMs, maxLength: 80 },
  )
  .map((rows) =>
    rows
      .sort((a, b) => a.timeMs - b.timeMs)
      .map(({ timeMs, revision, value }) => tick(timeMs, revision, [value, timeMs])),
  )

it('merging loses no tick, invents none and keeps every value, whatever the times are', () => {
  fc.assert(
    fc.property(ticks, (rows) => {
      const found = mergeTicks(rows).flatMap(({ revision, startMs, stepMs, present, values }) => {
        expect(present.length).toBeLessThanOrEqual(RUN_LIMITS.maxTicks)
        return [...present].flatMap((isPresent, index) => {
          const timeMs = startMs + index * stepMs
          const pair = [values[index], values[present.length + index]]
          return isPresent ? [{ timeMs, revision, pair }] : []
        })
      })
      expect(found).toEqual(
        rows.map(({ timeMs, block }) => ({
          timeMs,
          revision: block.revision,
          pair: [...block.values],
        })),
      )
    }),
  )
})

it('an hour of seconds with holes is one block, and the next second begins another', () => {
  const hour = Array.from({ length: 3601 }, (_, second) => tick(second * 1000, 1, [second, 0]))
  const blocks = mergeTicks(hour.filter((_, second) => second % 100 !== 7))
  expect(blocks.map(({ present }) => present.length)).toEqual([3600, 1])
})

it('the interval of the agent is the grid, however far apart the ticks are, and another one begins a block', () => {
  const rows = [tick(0, 1, [1]), tick(100_000, 1, [1]), tick(160_000, 1, [1], 60_000)]
  const blocks = mergeTicks([...rows, tick(220_000, 1, [1], 60_000)])
  expect(blocks.map(({ stepMs, present }) => [stepMs, present.length])).toEqual([
    [1000, 101],
    [60_000, 2],
  ])
})
