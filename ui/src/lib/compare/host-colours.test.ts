import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostColours, MAX_LINES } from './host-colours.ts'

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), {
  minLength: 1,
  maxLength: MAX_LINES,
})

it('no two hosts look the same, in whatever order they are given', () => {
  fc.assert(
    fc.property(ids, (hosts) => {
      const colours = hostColours(hosts)
      const looks = [...colours.values()].map(({ colour, dashed }) => `${colour} ${dashed}`)
      expect(new Set(looks).size).toBe(hosts.length)
      expect(hostColours([...hosts].reverse())).toEqual(colours)
    }),
  )
})

it('a host keeps its colour when one with a higher id joins', () => {
  fc.assert(
    fc.property(ids, (hosts) => {
      const before = hostColours(hosts)
      const after = hostColours([...hosts, 3000])
      for (const id of hosts) expect(after.get(id)).toEqual(before.get(id))
    }),
  )
})
