// Owns which markers of a plot lead somewhere, and what stands for several that are too close to be hit apart.
import type { Marker } from './samples.ts'

/** What a finger or a pointer can tell apart (WCAG 2.2, 2.5.8). CSS pixels. */
export const LINK_PX = 24

export interface MarkerLink {
  readonly left: number
  readonly href: string
  readonly label: string
}

/** Of markers near each other one leads on, the worst, and all are named. */
export function markerLinks(
  markers: readonly Marker[],
  leftOf: (timeMs: number) => number,
): MarkerLink[] {
  const groups: { left: number; markers: (Marker & { href: string })[] }[] = []
  const leading = markers.filter(leads).sort((a, b) => a.timeMs - b.timeMs)
  for (const marker of leading) {
    const left = leftOf(marker.timeMs)
    const last = groups.at(-1)
    if (last && left - last.left < LINK_PX) last.markers.push(marker)
    else groups.push({ left, markers: [marker] })
  }
  return groups.map(({ left, markers: gathered }) => {
    const worst = gathered.find(({ kind }) => kind === 'crisis') ?? gathered[0]
    return {
      left,
      href: worst?.href ?? '',
      label: gathered.map(({ label }) => label).join('; '),
    }
  })
}

function leads(marker: Marker): marker is Marker & { href: string } {
  return marker.href !== undefined
}
