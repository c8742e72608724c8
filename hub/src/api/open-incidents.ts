// Owns the order in which open incidents are told, the most severe first and then the oldest, and its pages.
import type { Incident } from '@vigie/shared/api/incident'
import { badCursor, pageOf } from './page-query.ts'

export interface OpenQuery {
  readonly hostIds?: readonly number[]
  /** Those that began before it. */
  readonly toMs: number
  /** The `next` of the page before. */
  readonly after: string | undefined
  readonly size: number
}

interface Place {
  readonly severity: Incident['severity']
  readonly sinceMs: number
  readonly id: number
}

/** Of `current`, those that are firing or acknowledged. A page goes on behind its cursor, whatever has ended since. */
export function openPage(
  current: readonly Incident[],
  { hostIds, toMs, after, size }: OpenQuery,
): { items: Incident[]; next: string | null } {
  const place = after === undefined ? undefined : placeOf(after)
  const open = current
    .filter(({ state }) => state === 'firing' || state === 'acknowledged')
    .filter(({ hostId }) => !hostIds || (hostId !== null && hostIds.includes(hostId)))
    .filter(({ sinceMs }) => sinceMs < toMs)
    .filter((incident) => place === undefined || byUrgency(incident, place) > 0)
    .sort(byUrgency)
  return pageOf(open, size, cursorOf)
}

function byUrgency(a: Place, b: Place): number {
  const rank = ({ severity }: Place): number => (severity === 'crisis' ? 0 : 1)
  return rank(a) - rank(b) || a.sinceMs - b.sinceMs || a.id - b.id
}

function cursorOf({ severity, sinceMs, id }: Place): string {
  return `${severity === 'crisis' ? 'c' : 'w'}-${sinceMs}-${id}`
}

function placeOf(cursor: string): Place {
  const [, letter, since, id] = /^([cw])-(\d{1,16})-(\d{1,15})$/.exec(cursor) ?? []
  if (letter === undefined) throw badCursor()
  return {
    severity: letter === 'c' ? 'crisis' : 'warning',
    sinceMs: Number(since),
    id: Number(id),
  }
}
