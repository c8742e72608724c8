// Owns the keys of a host's page: digits choose the range, arrows and signs move through time, Escape goes back.
import { lastRange, RANGE_NAMES } from '../chart/time-address.ts'
import type { TimeView } from '../chart/time-view.svelte.ts'
import { viewKey } from '../chart/view-keys.ts'

interface Actions {
  readonly view: TimeView
  readonly onleave: () => void
}

/** Leaves keys alone that a field, a list or a dialog needs, and every combination with a modifier. */
export function pageKeys(event: KeyboardEvent, { view, onleave }: Actions): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target instanceof Element && event.target.closest(OCCUPIED)) return
  const name = RANGE_NAMES[Number(event.key) - 1]
  if (name !== undefined) view.goTo(lastRange(name))
  else if (event.key === 'Escape') escape(view, onleave)
  else if (!viewKey(event, view)) return
  event.preventDefault()
}

// One step at a time: what is being read, what was zoomed into, the page.
function escape(view: TimeView, onleave: () => void): void {
  if (view.cursorMs !== null) view.cursorMs = null
  else if (!view.isLive) view.back()
  else onleave()
}

const OCCUPIED = 'input, select, textarea, [contenteditable], [role="dialog"], [role="menu"]'
