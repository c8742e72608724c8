import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRange, localText } from './custom-range.ts'

const NOW_MS = Date.parse('2026-11-23T12:00:00Z')
const at = (agoS: number) => localText(NOW_MS - agoS * 1000)

describe('a typed range', () => {
  it('is what was typed, in the zone of who typed it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 86_400 }), fc.nat(86_400), (spanS, agoS) => {
        const checked = checkRange(at(agoS + spanS), at(agoS), NOW_MS)
        const toMs = NOW_MS - agoS * 1000
        const fromMs = toMs - spanS * 1000
        expect(checked).toEqual({ range: { kind: 'between', fromMs, toMs } })
      }),
    )
  })

  it('ends now when it would end in the future', () => {
    expect(checkRange(at(60), at(-60), NOW_MS)).toEqual({
      range: { kind: 'between', fromMs: NOW_MS - 60_000, toMs: NOW_MS },
    })
  })

  it.each([
    ['', at(0), 'from', 'empty'],
    [at(60), '', 'to', 'empty'],
    [at(0), at(60), 'to', 'backwards'],
    [at(60), at(60), 'to', 'backwards'],
    [at(-60), at(-120), 'from', 'future'],
    [at(60), at(55), 'to', 'short'],
    [at(40 * 86_400), at(0), 'from', 'long'],
  ])('from %s to %s is at fault in its %s: %s', (from, to, field, fault) => {
    expect(checkRange(from, to, NOW_MS)).toEqual({ field, fault })
  })
})
