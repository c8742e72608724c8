// Owns what all charts of a page have in common: the range, the cursor, and whether pictures glide.
import { MediaQuery } from 'svelte/reactivity'
import { Glider } from './glider.ts'

/** Over more than this a picture moves too slowly for gliding to be seen. */
const GLIDES_UP_TO_MS = 300_000

export class TimeView {
  rangeMs = $state(GLIDES_UP_TO_MS)
  /** The moment that is being read, in epoch ms, or null for the newest. */
  cursorMs = $state<number | null>(null)
  readonly glider: Glider
  readonly nowMs: () => number
  readonly #still = new MediaQuery('prefers-reduced-motion: reduce')

  constructor(nowMs: () => number) {
    this.nowMs = nowMs
    this.glider = new Glider(nowMs)
  }

  get glides(): boolean {
    return this.rangeMs <= GLIDES_UP_TO_MS && !this.#still.current
  }

  /** Moves the cursor by so many samples; from the newest when nothing was being read. */
  moveCursor(steps: number, stepMs: number, endMs: number): void {
    const newestMs = Math.floor(endMs / stepMs) * stepMs
    const from = this.cursorMs ?? newestMs
    this.cursorMs = Math.min(newestMs, Math.max(endMs - this.rangeMs, from + steps * stepMs))
  }
}
