// Owns what all charts of a page have in common: the stretch of time, the cursor, and whether pictures glide.
import { MediaQuery } from 'svelte/reactivity'
import { Glider } from './glider.ts'
import {
  between,
  isSameRange,
  moved,
  scaled,
  spanOf,
  stretchOf,
  type Stretch,
  type TimeRange,
} from './time-range.ts'

/** Over more than this a picture moves too slowly for gliding to be seen. */
const GLIDES_UP_TO_MS = 300_000
/** Moves that follow each other faster than this are one step of the way back. */
const SETTLED_MS = 400

/** Where views are kept, so that one can go back to them: the page's address. */
export interface ViewHistory {
  /** Keeps a new view, after the one before. */
  push(range: TimeRange): void
  /** Returns to the view before; it comes back through {@link TimeView.show}. */
  back(): void
}

export class TimeView {
  #range = $state.raw<TimeRange>({ kind: 'last', spanMs: GLIDES_UP_TO_MS })
  /** The moment that is being read, in epoch ms, or null for the newest. */
  cursorMs = $state<number | null>(null)
  /** What a drag has marked so far. */
  marked = $state.raw<Stretch | null>(null)
  readonly glider: Glider
  readonly nowMs: () => number
  readonly #still = new MediaQuery('prefers-reduced-motion: reduce')
  readonly #history: ViewHistory | undefined
  #kept: TimeRange = this.#range
  #settling: ReturnType<typeof setTimeout> | undefined

  constructor(nowMs: () => number, history?: ViewHistory) {
    this.nowMs = nowMs
    this.glider = new Glider(nowMs)
    this.#history = history
  }

  get range(): TimeRange {
    return this.#range
  }

  get rangeMs(): number {
    return spanOf(this.#range)
  }

  get isLive(): boolean {
    return this.#range.kind === 'last'
  }

  get glides(): boolean {
    return this.isLive && this.rangeMs <= GLIDES_UP_TO_MS && !this.#still.current
  }

  /** What is in sight when the newest moment is `nowMs`. */
  stretch(nowMs: number): Stretch {
    return stretchOf(this.#range, nowMs)
  }

  /** Shows what the address says; that it says what was pushed is no news. */
  show(range: TimeRange): void {
    if (!isSameRange(range, this.#kept)) this.#return(range)
  }

  /** Goes to a view, and keeps the one before to come back to. */
  goTo(range: TimeRange): void {
    this.#range = range
    this.settle()
  }

  /** Shows what lies between two moments. */
  zoomTo(oneMs: number, otherMs: number): void {
    this.goTo(between(oneMs, otherMs, this.nowMs()))
  }

  /** Shows `factor` times as much around a moment: the cursor, else the middle. */
  zoomBy(factor: number, aroundMs: number | null = this.cursorMs): void {
    this.#glance(scaled(this.#range, factor, { nowMs: this.nowMs(), aroundMs }))
  }

  /** Shows what is so much later, or earlier; nothing is later than what is live. */
  panBy(ms: number): void {
    if (this.isLive && ms > 0) return
    this.#glance(moved(this.#range, ms, this.nowMs()))
  }

  /** Shows what lies between two moments, in the course of a movement. */
  lookAt(fromMs: number, toMs: number): void {
    this.#glance(between(fromMs, toMs, this.nowMs()))
  }

  /** Back to the view before. */
  back(): void {
    if (this.#settling === undefined) this.#history?.back()
    else this.#return(this.#kept)
  }

  /** A movement has ended: where it led is a view to come back to. */
  settle(): void {
    clearTimeout(this.#settling)
    this.#settling = undefined
    if (isSameRange(this.#range, this.#kept)) return
    this.#kept = this.#range
    this.#history?.push(this.#range)
  }

  /** Where the cursor is after so many samples; from the newest when nothing was being read. */
  cursorAfter(steps: number, stepMs: number): number {
    const { fromMs, toMs } = this.stretch(this.nowMs())
    const newestMs = Math.floor(toMs / stepMs) * stepMs
    return Math.min(newestMs, Math.max(fromMs, (this.cursorMs ?? newestMs) + steps * stepMs))
  }

  close(): void {
    clearTimeout(this.#settling)
    this.glider.close()
  }

  #return(range: TimeRange): void {
    clearTimeout(this.#settling)
    this.#settling = undefined
    this.#kept = range
    this.#range = range
  }

  #glance(range: TimeRange): void {
    if (isSameRange(range, this.#range)) return
    this.#range = range
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => this.settle(), SETTLED_MS)
  }
}
