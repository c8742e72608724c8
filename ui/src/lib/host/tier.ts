// Owns what is known of a host's series at one step, page by page: samples, or buckets with their lowest and highest value.
import type { Samples } from '../chart/samples.ts'
import type { Stretch } from '../chart/time-range.ts'

const PAGE_SLOTS = 256

/** The values of one series, NaN where there is none; `low` and `high` are those of buckets. */
export interface Columns {
  readonly mean: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** What is not known yet: whole slots of one page. */
export interface Need extends Stretch {
  readonly key: string
}

/** Up to where a tier can be complete. */
export interface Edges {
  /** What was asked for before needs no further question from here on: it is heard live, or is yet to come. */
  readonly knownFromMs: number
  /** What was never asked for is not to be had after this. */
  readonly completeMs: number
  /** The hub has surely committed what is older. */
  readonly settledMs: number
}

interface Page extends Columns {
  /** Complete up to here; what is later may be missing. */
  goodUntilMs: number
}

const KINDS = ['mean', 'low', 'high'] as const
type Kind = (typeof KINDS)[number]

export class Tier implements Samples {
  readonly stepMs: number
  readonly middleMs: number
  pageCount = 0
  readonly copyBand?: NonNullable<Samples['copyBand']>
  readonly #live: Samples
  readonly #columns = new Map<string, Map<number, Page>>()

  /** `live` holds the newest samples, at their own interval; a tier of that step is of samples, any other of buckets. */
  constructor(stepMs: number, live: Samples) {
    this.stepMs = stepMs
    this.#live = live
    this.middleMs = this.isRaw ? 0 : stepMs / 2
    if (this.isRaw) return
    this.copyBand = (key, firstSlot, low, high) => {
      this.#copyPages(key, 'low', firstSlot, low)
      this.#copyPages(key, 'high', firstSlot, high)
    }
  }

  get isRaw(): boolean {
    return this.stepMs === this.#live.stepMs
  }

  slotOf(timeMs: number): number {
    return this.isRaw ? this.#live.slotOf(timeMs) : Math.floor(timeMs / this.stepMs)
  }

  copy(key: string, firstSlot: number, out: Float64Array): boolean {
    const some = this.#copyPages(key, 'mean', firstSlot, out)
    return this.isRaw ? this.#fillLive(key, firstSlot, out) || some : some
  }

  /** The newest sample is told as it was measured, whatever the step. */
  valueAt(key: string, timeMs: number): number {
    const live = this.#live.valueAt(key, timeMs)
    if (!Number.isNaN(live) && (this.isRaw || this.#isNewest(key, timeMs))) return live
    const slot = this.slotOf(timeMs)
    return this.#columns.get(key)?.get(pageOf(slot))?.mean[placeOf(slot)] ?? NaN
  }

  /** What a stretch of a series lacks. */
  needs(key: string, stretch: Stretch, edges: Edges): Need[] {
    const pageMs = PAGE_SLOTS * this.stepMs
    const pages = this.#columns.get(key)
    const needs: Need[] = []
    const lastMs = Math.min(stretch.toMs, edges.completeMs)
    for (let number = Math.floor(stretch.fromMs / pageMs); number * pageMs < lastMs; number++) {
      const page = pages?.get(number)
      const fromMs = page?.goodUntilMs ?? number * pageMs
      const endMs = (number + 1) * pageMs
      const toMs = Math.min(endMs, edges.completeMs)
      const lackedMs = Math.min(toMs, edges.knownFromMs)
      if (page && lackedMs > edges.settledMs) continue
      if (fromMs < lackedMs && fromMs < stretch.toMs && lackedMs > stretch.fromMs)
        needs.push({ key, fromMs: Math.floor(fromMs / this.stepMs) * this.stepMs, toMs })
    }
    return needs
  }

  /** Takes in what was answered for a stretch of whole slots; nothing where the series has none. */
  take(key: string, asked: Stretch, columns: Columns | undefined, goodUntilMs: number): void {
    const first = Math.round(asked.fromMs / this.stepMs)
    const end = Math.round(asked.toMs / this.stepMs)
    for (let slot = first; slot < end; slot++) {
      const page = this.#page(key, pageOf(slot))
      for (const kind of KINDS) page[kind][placeOf(slot)] = columns?.[kind][slot - first] ?? NaN
    }
    for (let number = pageOf(first); number <= pageOf(end - 1); number++) {
      const pageEndMs = (number + 1) * PAGE_SLOTS * this.stepMs
      this.#page(key, number).goodUntilMs = Math.min(goodUntilMs, pageEndMs)
    }
  }

  /** What is known of a stretch is no longer true: late samples have come. */
  spoil({ fromMs, toMs }: Stretch): void {
    const pageMs = PAGE_SLOTS * this.stepMs
    for (const pages of this.#columns.values()) {
      for (const [number, page] of pages) {
        if (number * pageMs > toMs || (number + 1) * pageMs <= fromMs) continue
        page.goodUntilMs = Math.min(page.goodUntilMs, Math.max(fromMs, number * pageMs))
      }
    }
  }

  /** Keeps the pages of a stretch, and no others. */
  forgetAllBut({ fromMs, toMs }: Stretch): void {
    const pageMs = PAGE_SLOTS * this.stepMs
    for (const [key, pages] of this.#columns) {
      for (const number of pages.keys()) {
        if (number * pageMs > toMs || (number + 1) * pageMs <= fromMs) pages.delete(number)
      }
      if (pages.size === 0) this.#columns.delete(key)
    }
    this.pageCount = [...this.#columns.values()].reduce((sum, pages) => sum + pages.size, 0)
  }

  #isNewest(key: string, timeMs: number): boolean {
    return Number.isNaN(this.#live.valueAt(key, timeMs + this.#live.stepMs))
  }

  #page(key: string, number: number): Page {
    const pages = this.#columns.get(key) ?? new Map<number, Page>()
    this.#columns.set(key, pages)
    const known = pages.get(number)
    if (known) return known
    const mean = new Float64Array(PAGE_SLOTS).fill(NaN)
    // The three are one where nothing was folded.
    const page = this.isRaw
      ? { mean, low: mean, high: mean, goodUntilMs: 0 }
      : { mean, low: mean.slice(), high: mean.slice(), goodUntilMs: 0 }
    pages.set(number, page)
    this.pageCount++
    return page
  }

  #copyPages(key: string, kind: Kind, firstSlot: number, out: Float64Array): boolean {
    out.fill(NaN)
    const pages = this.#columns.get(key)
    if (!pages) return false
    let some = false
    for (let at = 0; at < out.length;) {
      const slot = firstSlot + at
      const count = Math.min(PAGE_SLOTS - placeOf(slot), out.length - at)
      const page = pages.get(pageOf(slot))
      if (page) {
        some = true
        out.set(page[kind].subarray(placeOf(slot), placeOf(slot) + count), at)
      }
      at += count
    }
    return some
  }

  #fillLive(key: string, firstSlot: number, out: Float64Array): boolean {
    const live = new Float64Array(out.length)
    if (!this.#live.copy(key, firstSlot, live)) return false
    for (const [at, value] of live.entries()) {
      if (!Number.isNaN(value)) out[at] = value
    }
    return true
  }
}

function pageOf(slot: number): number {
  return Math.floor(slot / PAGE_SLOTS)
}

function placeOf(slot: number): number {
  return slot - pageOf(slot) * PAGE_SLOTS
}
