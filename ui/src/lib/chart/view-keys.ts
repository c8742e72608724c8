// Owns the keys of a view of time: arrows move it, plus and minus zoom, Backspace goes back.
import type { TimeView } from './time-view.svelte.ts'

const ZOOM = 2
/** How much of what is in sight an arrow moves past. */
const MOVE = 1 / 4

/** Whether the key was one of them. */
export function viewKey({ key }: Pick<KeyboardEvent, 'key'>, view: TimeView): boolean {
  switch (key) {
    case 'ArrowLeft':
      view.panBy(-MOVE * view.rangeMs)
      return true
    case 'ArrowRight':
      view.panBy(MOVE * view.rangeMs)
      return true
    case '+':
    case '=':
      view.zoomBy(1 / ZOOM)
      return true
    case '-':
      view.zoomBy(ZOOM)
      return true
    case 'Backspace':
      view.back()
      return true
    default:
      return false
  }
}
