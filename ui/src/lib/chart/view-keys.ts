// Owns the keys of a view of time: arrows move it, plus and minus zoom, Backspace goes back.
import { runKey, type KeyRow } from '../keys/key-table.ts'
import type { TimeView } from './time-view.svelte.ts'

const ZOOM = 2
/** How much of what is in sight an arrow moves past. */
const MOVE = 1 / 4

export const VIEW_KEYS: readonly KeyRow<TimeView>[] = [
  {
    keys: ['ArrowLeft', 'ArrowRight', 'Shift ArrowLeft', 'Shift ArrowRight'],
    shown: ['ArrowLeft', 'ArrowRight'],
    words: 'keyMoveView',
    run: (view, key) => view.panBy((key.endsWith('Left') ? -MOVE : MOVE) * view.rangeMs),
  },
  // The sign on the same key is meant when Shift is forgotten.
  { keys: ['+', '='], shown: ['+'], words: 'keyZoomIn', run: (view) => view.zoomBy(1 / ZOOM) },
  { keys: ['-'], words: 'keyZoomOut', run: (view) => view.zoomBy(ZOOM) },
  { keys: ['Backspace'], words: 'keyBack', run: (view) => view.back() },
]

/** Whether the key was one of them. */
export function viewKey(key: string, view: TimeView): boolean {
  return runKey(VIEW_KEYS, key, view)
}
