// Owns the keys of a plot that has the focus: arrows read it like a slider, one sample at a time.
import { nameOf, runKey, type KeyRow } from '../keys/key-table.ts'
import type { TimeView } from './time-view.svelte.ts'
import { viewKey } from './view-keys.ts'

interface Reader {
  readonly view: TimeView
  /** Puts the cursor so many samples further. */
  readonly step: (samples: number) => void
}

const FAR = 30

export const READING_KEYS: readonly KeyRow<Reader>[] = [
  {
    keys: ['ArrowLeft', 'ArrowRight'],
    words: 'keyRead',
    run: ({ step }, key) => step(key === 'ArrowLeft' ? -1 : 1),
  },
  {
    keys: ['PageUp', 'PageDown'],
    words: 'keyReadFar',
    run: ({ step }, key) => step(key === 'PageUp' ? -FAR : FAR),
  },
  { keys: ['End'], words: 'keyReadNewest', run: ({ view }) => void (view.cursorMs = null) },
  {
    keys: ['Shift ArrowLeft', 'Shift ArrowRight'],
    words: 'keyMoveView',
    run: ({ view }, key) => viewKey(key, view),
  },
]

/** Takes the key when it is one of them; the page has what is left. */
export function readingKey(event: KeyboardEvent, reader: Reader): void {
  if (!runKey(READING_KEYS, nameOf(event), reader)) return
  event.preventDefault()
  event.stopPropagation()
}
