// Owns the advisories that are listed: those of a view, read page by page, and read again when there is news.
import type { Advisory, AdvisoryCounts, AdvisoryPage } from '@vigie/shared/api/advisory'
import type { AdvisoryQuery } from '../api/cert.ts'
import { byUrgency, eachOnce } from './advisory-order.ts'
import type { CertView } from './cert-view.ts'

const PAGE_SIZE = 50
/** A source has a dozen open alerts; whoever has more sees the newest. */
const MAX_ALERTS = 100
/** Words are asked for when they are typed. */
const TYPING_MS = 250

/** The hub takes no more. */
const MAX_WORDS = 200

const NOTHING: AdvisoryPage = { items: [], counts: null, nextBefore: null }

type Read = (query: AdvisoryQuery) => Promise<AdvisoryPage>

/** Has a timer; {@link AdvisoryList.close} ends it. */
export class AdvisoryList {
  /** The most urgent first; as the hub orders them where all are listed. */
  items = $state.raw<readonly Advisory[]>([])
  isLoaded = $state(false)
  isReading = $state(false)
  problem = $state.raw<unknown>(null)
  hasMore = $state(false)
  /** Of the source and the words, whichever are listed. */
  counts = $state.raw<AdvisoryCounts | null>(null)

  readonly #read: Read
  #view: CertView | null = null
  #before: string | null = null
  #pages = 1
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Answers of a view that is not shown any more are of no use. */
  #turn = 0

  constructor(read: Read) {
    this.#read = read
  }

  show(view: CertView): void {
    const before = this.#view
    if (before && isSame(before, view)) return
    const isTyping = before !== null && before.query !== view.query
    this.#view = view
    this.#pages = 1
    this.#turn++
    if (!isTyping) this.isLoaded = false
    clearTimeout(this.#timer)
    if (isTyping) this.#timer = setTimeout(() => void this.refresh(), TYPING_MS)
    else void this.refresh()
  }

  /** Reads again what is listed. Never rejects: what went wrong is `problem`. */
  async refresh(): Promise<void> {
    const view = this.#view
    if (!view) return
    const turn = ++this.#turn
    this.isReading = true
    try {
      const [alerts, rest] = await Promise.all([this.#alerts(view), this.#rest(view)])
      if (turn !== this.#turn) return
      const all = eachOnce(alerts.items, rest.items)
      this.counts = alerts.counts ?? rest.counts
      this.items = view.which === 'all' ? all : all.sort(byUrgency)
      this.#before = rest.nextBefore
      this.hasMore = rest.nextBefore !== null
      this.isLoaded = true
      this.problem = null
    } catch (problem) {
      if (turn === this.#turn) this.problem = problem
    } finally {
      if (turn === this.#turn) this.isReading = false
    }
  }

  async more(): Promise<void> {
    if (this.#before === null || this.isReading) return
    this.#pages++
    await this.refresh()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#turn++
    this.#view = null
  }

  // However old an open alert is, it is among the first.
  async #alerts(view: CertView): Promise<AdvisoryPage> {
    if (view.which === 'all') return NOTHING
    return this.#read({
      ...filterOf(view),
      kind: 'alert',
      state: 'open',
      concerns: view.which === 'concern',
      limit: MAX_ALERTS,
    })
  }

  async #rest(view: CertView): Promise<AdvisoryPage> {
    const items: Advisory[] = []
    let before: string | null = null
    let counts: AdvisoryCounts | null = null
    if (view.which === 'open') return NOTHING
    for (let page = 0; page < this.#pages; page++) {
      const query = { ...filterOf(view), state: 'all', concerns: view.which === 'concern' } as const
      const next: AdvisoryPage = await this.#read({ ...query, before, limit: PAGE_SIZE })
      items.push(...next.items)
      counts ??= next.counts
      before = next.nextBefore
      if (before === null) break
    }
    return { items, counts, nextBefore: before }
  }
}

function filterOf({ source, query }: CertView): Pick<AdvisoryQuery, 'source' | 'query'> {
  return { source, query: query.trim().slice(0, MAX_WORDS) }
}

function isSame(a: CertView, b: CertView): boolean {
  return a.which === b.which && a.source === b.source && a.query === b.query
}
