// Owns what a hand does on a plot: it reads, marks a stretch to zoom into, moves with Shift, pinches, goes back by a double click.
import type { Attachment } from 'svelte/attachments'
import type { TimeView } from './time-view.svelte.ts'

export interface PlotSurface {
  /** Null while nothing is drawn. */
  timeAt(clientX: number): number | null
  msPerPx(): number
  /** Of what is in sight, in CSS pixels of the window. */
  edges(): { readonly left: number; readonly width: number }
  /** Puts the cursor there. */
  read(clientX: number): void
}

/** A hand that moved less has clicked. */
const DRAG_PX = 5

interface Finger {
  x: number
  timeMs: number
}

type Gesture =
  | { readonly kind: 'mark'; readonly startX: number; readonly startMs: number }
  | { readonly kind: 'pan'; lastX: number }

export function plotGestures(view: TimeView, surface: PlotSurface): Attachment<HTMLElement> {
  return (node) => {
    let gesture: Gesture | null = null
    const fingers = new Map<number, Finger>()

    const press = (event: PointerEvent) => {
      const startMs = surface.timeAt(event.clientX)
      if (startMs === null || event.button !== 0) return
      if (event.pointerType === 'touch') {
        fingers.set(event.pointerId, { x: event.clientX, timeMs: startMs })
        for (const finger of fingers.values()) finger.timeMs = surface.timeAt(finger.x) ?? startMs
        surface.read(event.clientX)
        return
      }
      node.setPointerCapture(event.pointerId)
      gesture = event.shiftKey
        ? { kind: 'pan', lastX: event.clientX }
        : { kind: 'mark', startX: event.clientX, startMs }
    }

    const move = (event: PointerEvent) => {
      const finger = fingers.get(event.pointerId)
      if (finger) finger.x = event.clientX
      if (fingers.size > 1) {
        view.cursorMs = null
        pinch(fingers, view, surface)
      } else if (gesture?.kind === 'pan') {
        view.panBy((gesture.lastX - event.clientX) * surface.msPerPx())
        gesture.lastX = event.clientX
      } else {
        surface.read(event.clientX)
        if (gesture) mark(gesture, event.clientX)
      }
    }

    const mark = ({ startX, startMs }: Gesture & { kind: 'mark' }, x: number) => {
      const timeMs = surface.timeAt(x)
      if (timeMs === null || (!view.marked && Math.abs(x - startX) < DRAG_PX)) return
      view.marked = { fromMs: Math.min(startMs, timeMs), toMs: Math.max(startMs, timeMs) }
    }

    const release = (event: PointerEvent) => {
      const { marked } = view
      fingers.delete(event.pointerId)
      gesture = null
      view.marked = null
      if (marked && event.type === 'pointerup') view.zoomTo(marked.fromMs, marked.toMs)
      else view.settle()
    }

    const leave = () => {
      if (!gesture) view.cursorMs = null
    }
    const back = (event: MouseEvent) => {
      event.preventDefault()
      view.back()
    }

    // The browser would mark words and drag them away; and a plot that has the focus reads by arrows, where a hand that
    // has just dragged wants them to move.
    const keep = (event: MouseEvent) => event.preventDefault()

    const listening = new AbortController()
    const { signal } = listening
    node.addEventListener('pointerdown', press, { signal })
    node.addEventListener('pointermove', move, { signal })
    node.addEventListener('pointerup', release, { signal })
    node.addEventListener('pointercancel', release, { signal })
    node.addEventListener('pointerleave', leave, { signal })
    node.addEventListener('dblclick', back, { signal })
    node.addEventListener('mousedown', keep, { signal })
    return () => listening.abort()
  }
}

// Each finger holds on to the moment under it.
function pinch(fingers: ReadonlyMap<number, Finger>, view: TimeView, surface: PlotSurface): void {
  const [one, other] = [...fingers.values()].sort((a, b) => a.x - b.x)
  if (!one || !other || other.x - one.x < DRAG_PX || other.timeMs <= one.timeMs) return
  const msPerPx = (other.timeMs - one.timeMs) / (other.x - one.x)
  const { left, width } = surface.edges()
  const fromMs = one.timeMs - (one.x - left) * msPerPx
  view.lookAt(fromMs, fromMs + width * msPerPx)
}
