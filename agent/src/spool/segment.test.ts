import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableOf, tickAt } from '../../test/test-ticks.ts'
import { encodeStart, encodeTable, encodeTick, readSegment, type SegmentClock } from './segment.ts'
import type { SpooledTick } from './spooled-tick.ts'

const clock: SegmentClock = { isHubs: true, bootId: 'boot', leadMs: 12 }
const gap = { fromMs: 3000, toMs: 5000, reason: 'stalled', ticks: 1 } as const
const table = tableOf('a', 'b')
const written: SpooledTick[] = [1000, 2000, 3000, 5000, 6000].map((timeMs) => ({
  ...tickAt(timeMs, table),
  gaps: timeMs === 5000 ? [gap] : [],
}))
const parts = [encodeStart(clock), encodeTable(table), ...written.map(encodeTick)]
const whole = Buffer.concat(parts)

/** What is left of a segment whose bytes were changed: ticks as they were written, in order. */
function survivors(bytes: Buffer): readonly SpooledTick[] {
  const content = readSegment(bytes)
  const ticks = content?.ticks ?? []
  let last = -1
  for (const { timeMs, payload } of ticks) {
    const index = written.findIndex((tick) => tick.timeMs === timeMs)
    expect(index).toBeGreaterThan(last)
    expect(Buffer.from(payload)).toEqual(Buffer.from(written[index]?.payload ?? []))
    last = index
  }
  return ticks
}

describe('a segment', () => {
  it('is read as it was written', () => {
    const content = readSegment(whole)
    expect(content).toMatchObject({ clock, damages: 0 })
    expect(content?.ticks.map(({ gaps }) => gaps)).toEqual(written.map(({ gaps }) => gaps))
    expect(survivors(whole)).toHaveLength(written.length)
  })

  it('ends with its last whole record, wherever it was torn', () => {
    const ends = parts.map((_, index) => Buffer.concat(parts.slice(0, index + 1)).length)
    for (let length = 0; length <= whole.length; length++) {
      const ticks = survivors(whole.subarray(0, length))
      expect(ticks).toHaveLength(Math.max(0, ends.filter((end) => end <= length).length - 2))
      expect(readSegment(whole.subarray(0, length))?.damages).toBe(0)
    }
  })

  it('loses the record that a flipped bit is in, and no other tick', () => {
    const start = (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0)
    const check = (at: number, bit: number) => {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      expect(survivors(bytes).length).toBeGreaterThanOrEqual(written.length - 1)
    }
    const anywhere = fc.integer({ min: start, max: whole.length - 1 })
    fc.assert(fc.property(anywhere, fc.integer({ min: 0, max: 7 }), check), { numRuns: 1000 })
  })

  it('says what is missing where bytes are damaged', () => {
    const bytes = Buffer.from(whole)
    bytes.fill(
      0,
      whole.length - (parts.at(-1)?.length ?? 0) - 20,
      whole.length - (parts.at(-1)?.length ?? 0),
    )
    const content = readSegment(bytes)
    expect(content?.damages).toBe(1)
    expect(content?.ticks.at(-1)?.gaps).toContainEqual({
      fromMs: 3000,
      toMs: 6000,
      reason: 'dropped',
      ticks: 1,
    })
  })

  it('gives nothing that was not written, whatever was done to its bytes', () => {
    const edit = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }))
    const check = (edits: [number, number, Uint8Array][]) => {
      let bytes = whole
      for (const [at, removed, added] of edits) {
        bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)])
      }
      survivors(bytes)
    }
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), check), { numRuns: 1000 })
  })

  it('of a newer version, or what is no segment, is not read at all', () => {
    const newer = Buffer.from(whole)
    newer[10] = 2
    expect(readSegment(newer)).toBeUndefined()
    expect(readSegment(Buffer.from('#!/bin/sh\nexit 0\n'))).toBeUndefined()
  })
})
