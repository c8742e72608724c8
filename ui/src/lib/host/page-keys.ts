// Owns the keys of a page that shows time: digits choose the range, arrows and signs move through it, Escape goes back.
import { READING_KEYS } from '../chart/reading-keys.ts'
import { lastRange, RANGE_NAMES } from '../chart/time-address.ts'
import type { TimeView } from '../chart/time-view.svelte.ts'
import { VIEW_KEYS } from '../chart/view-keys.ts'
import { nameOf, runKey, type KeyRow } from '../keys/key-table.ts'
import type { KeyGroup } from '../keys/keys-here.svelte.ts'

interface Actions {
  readonly view: TimeView
  readonly onleave: () => void
}

const digits = RANGE_NAMES.map((_, index) => String(index + 1))

export const PAGE_KEYS: readonly KeyRow<Actions>[] = [
  {
    keys: digits,
    shown: [digits[0] ?? '', '…', digits.at(-1) ?? ''],
    words: 'keyRange',
    run: ({ view }, key) => {
      const name = RANGE_NAMES[Number(key) - 1]
      if (name !== undefined) view.goTo(lastRange(name))
    },
  },
  ...VIEW_KEYS.map((row) => ({
    ...row,
    run: ({ view }: Actions, key: string) => row.run(view, key),
  })),
  { keys: ['Escape'], words: 'keyStepBack', run: escape },
]

/** For the help, what {@link pageKeys} and the plots of such a page take. */
export const TIME_PAGE_KEYS: readonly KeyGroup[] = [
  { place: 'keysPage', keys: PAGE_KEYS },
  { place: 'keysPlot', keys: READING_KEYS },
]

/** Leaves keys alone that a field, a list or a dialog needs, and every combination with a modifier but Shift. */
export function pageKeys(event: KeyboardEvent, actions: Actions): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target instanceof Element && event.target.closest(OCCUPIED)) return
  if (runKey(PAGE_KEYS, nameOf(event), actions)) event.preventDefault()
}

// One step at a time: what is being read, what was zoomed into, the page.
function escape({ view, onleave }: Actions): void {
  if (view.cursorMs !== null) view.cursorMs = null
  else if (!view.isLive) view.back()
  else onleave()
}

const OCCUPIED = 'input, select, textarea, [contenteditable], [role="dialog"], [role="menu"]'
