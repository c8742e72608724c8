// Owns what a text such as "versions 7.0.x et 7.2.x antérieures à 7.2.9" says of versions.
import type { Bound, Interval, VersionRange } from './version-range.ts'
import { rangeWords, type RangeWord } from './range-words.ts'

type VersionWord = Extract<RangeWord, { type: 'version' }>

interface Group {
  branches: string[]
  /** Ranges that are written out, to which a later bound also applies. */
  spans: Interval[]
  from?: Bound
}

/** Reads normalised text, without the product's name. Text that says nothing of versions gives an empty range. */
export function readRange(text: string): VersionRange {
  return new RangeReader(rangeWords(text)).read()
}

class RangeReader {
  readonly #words: readonly RangeWord[]
  readonly #intervals: Interval[] = []
  #group: Group = { branches: [], spans: [] }
  #index = 0
  #isAll = false
  #isUnclear = false

  constructor(words: readonly RangeWord[]) {
    this.#words = words
  }

  read(): VersionRange {
    while (this.#index < this.#words.length) this.#step()
    this.#close()
    const isAll = this.#isAll && this.#intervals.length === 0
    return { isAll, intervals: this.#intervals, isUnclear: this.#isUnclear }
  }

  #step(): void {
    const word = this.#next()
    if (!word) return
    switch (word.type) {
      case 'version':
        this.#version(word)
        break
      case 'below':
      case 'at-most':
        this.#upTo(word.type === 'at-most')
        break
      case 'above':
      case 'at-least':
        this.#from(word.type === 'at-least')
        break
      case 'between':
        this.#between()
        break
      case 'all':
        this.#isAll = true
        break
      case 'to':
        this.#upTo(true)
        break
      // Without a number that it would be said of.
      case 'and-below':
      case 'and-above':
      case 'unknown':
        this.#isUnclear = true
        break
      case 'and':
      case 'noun':
      case 'including':
      case 'excluding':
        break
    }
  }

  #version(word: VersionWord): void {
    // What a number behind a word that is not known stands for is not known either.
    if (this.#isUnclear) return
    const next = this.#words[this.#index]
    const isAlone = this.#group.branches.length === 0
    if (next?.type === 'to' || (next?.type === 'at-most' && isAlone)) {
      this.#index++
      const end = this.#takeVersion()
      if (end) this.#span(word, end)
      else this.#isUnclear = true
    } else if (next?.type === 'and-below') {
      this.#index++
      this.#group.spans.push({ end: upper(word, true) })
    } else if (next?.type === 'and-above') {
      this.#index++
      this.#group.spans.push({ from: lower(word, true) })
    } else {
      this.#group.branches.push(word.text)
    }
  }

  #span(start: VersionWord, end: VersionWord): void {
    const isInclusive = this.#endIsIncluded(true)
    this.#group.spans.push({ from: lower(start, true), end: upper(end, isInclusive) })
  }

  #between(): void {
    const start = this.#takeVersion()
    const link = this.#words[this.#index]
    if (start && (link?.type === 'and' || link?.type === 'to' || link?.type === 'at-most')) {
      this.#index++
      const end = this.#takeVersion()
      if (end) {
        this.#span(start, end)
        return
      }
    }
    if (start) this.#group.from = lower(start, true)
    else this.#isUnclear = true
  }

  #from(isInclusive: boolean): void {
    const version = this.#takeVersion()
    if (version) this.#group.from = lower(version, isInclusive)
    else this.#isUnclear = true
  }

  // Bounds of what was said before: of its branches and spans, or of all versions.
  #upTo(isInclusive: boolean): void {
    const first = this.#takeVersion()
    if (!first) {
      this.#isUnclear = true
      return
    }
    const versions = [first, ...this.#otherBounds()]
    const isIncluded = this.#endIsIncluded(isInclusive)
    const to = versions.map((version) => upper(version, isIncluded))
    const { branches, spans, from } = this.#group
    const start = from ? { from } : {}
    for (const span of spans) this.#intervals.push({ ...span, to })
    if (branches.length > 0) this.#intervals.push({ branches, ...start, to })
    else if (spans.length === 0) this.#intervals.push({ ...start, to })
    this.#group = { branches: [], spans: [] }
  }

  // "9.8 et 9.8p1": bounds side by side, unless a bound of the next one's own follows.
  #otherBounds(): VersionWord[] {
    const others: VersionWord[] = []
    for (;;) {
      const [link, version, after] = this.#words.slice(this.#index, this.#index + 3)
      if (link?.type !== 'and' || version?.type !== 'version' || version.isWildcard) return others
      if (after && after.type !== 'and') return others
      others.push(version)
      this.#index += 2
    }
  }

  #endIsIncluded(usual: boolean): boolean {
    const next = this.#words[this.#index]
    if (next?.type !== 'including' && next?.type !== 'excluding') return usual
    this.#index++
    return next.type === 'including'
  }

  #takeVersion(): VersionWord | undefined {
    while (this.#words[this.#index]?.type === 'noun') this.#index++
    const word = this.#words[this.#index]
    if (word?.type !== 'version') return undefined
    this.#index++
    return word
  }

  #next(): RangeWord | undefined {
    return this.#words[this.#index++]
  }

  // What no bound followed stands for itself.
  #close(): void {
    const { branches, spans, from } = this.#group
    this.#intervals.push(...spans)
    if (from && branches.length === 0) this.#intervals.push({ from })
    if (branches.length > 0) this.#intervals.push({ branches, ...(from ? { from } : {}) })
  }
}

function lower(word: VersionWord, isInclusive: boolean): Bound {
  return { version: bare(word), isInclusive: isInclusive || word.isWildcard }
}

// Up to and with 7.4.x is below whatever comes after all of 7.4.
function upper(word: VersionWord, isInclusive: boolean): Bound {
  if (!word.isWildcard || !isInclusive) return { version: bare(word), isInclusive }
  return { version: afterBranch(bare(word)), isInclusive: false }
}

function bare({ text }: VersionWord): string {
  return text.replace(/\*$/, '')
}

function afterBranch(branch: string): string {
  return branch.replace(/(?<!\d)\d+$/, (last) => String(Number(last) + 1))
}
