// Owns the keys of a host's page: 1 to 4 choose the range, arrows read the charts, Escape goes back.
import type { TimeView } from '../chart/time-view.svelte.ts'
import { RANGES, type RangeMinutes } from './ranges.ts'

interface Actions {
  readonly view: TimeView
  readonly stepMs: number
  onrange(minutes: RangeMinutes): void
  onleave(): void
}

/** Leaves keys alone that a field, a list or a dialog needs, and every combination with a modifier. */
export function pageKeys(event: KeyboardEvent, actions: Actions): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target instanceof Element && event.target.closest(OCCUPIED)) return
  const { view, stepMs } = actions
  const range = RANGES[Number(event.key) - 1]
  if (range !== undefined) actions.onrange(range)
  else if (event.key === 'ArrowLeft') view.moveCursor(-1, stepMs)
  else if (event.key === 'ArrowRight') view.moveCursor(1, stepMs)
  else if (event.key === 'Escape' && view.cursorMs !== null) view.cursorMs = null
  else if (event.key === 'Escape') actions.onleave()
  else return
  event.preventDefault()
}

const OCCUPIED = 'input, select, textarea, [contenteditable], [role="dialog"], [role="menu"]'
