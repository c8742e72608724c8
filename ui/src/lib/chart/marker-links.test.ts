import { describe, expect, it } from 'vitest'
import { markerLinks } from './marker-links.ts'
import type { Marker } from './samples.ts'

const at = (timeMs: number, kind: Marker['kind'], href?: string): Marker => ({
  timeMs,
  kind,
  label: `${kind} ${timeMs}`,
  ...(href !== undefined && { href }),
})

describe('the links of markers', () => {
  it('stand where their markers stand, and reboots lead nowhere', () => {
    const markers = [at(1000, 'reboot'), at(2000, 'warning', '/w')]
    expect(markerLinks(markers, (timeMs) => timeMs / 10)).toEqual([
      { left: 200, href: '/w', label: 'warning 2000' },
    ])
  })

  it('are one where they are too close, which leads to the worst and names all', () => {
    const markers = [at(1100, 'crisis', '/c'), at(1000, 'warning', '/w'), at(5000, 'crisis', '/d')]
    expect(markerLinks(markers, (timeMs) => timeMs / 10)).toEqual([
      { left: 100, href: '/c', label: 'warning 1000; crisis 1100' },
      { left: 500, href: '/d', label: 'crisis 5000' },
    ])
  })
})
