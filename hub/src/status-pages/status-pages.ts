// Owns status pages as one thing: the book of them, and what each says, computed when somebody reads it.
import type { Clock } from '../clock.ts'
import { createAvailabilityReader } from './availability-reader.ts'
import { createFreshValues } from './fresh-values.ts'
import { openPageBook } from './page-book.ts'
import type { StatusPageStore, StatusSources } from './ports.ts'
import { renderPage, type Form } from './render-page.ts'
import { reportOf, type StatusReport } from './status-report.ts'

export const FRESH_MS = 15_000

export interface StatusPagesParts {
  readonly store: StatusPageStore
  readonly sources: StatusSources
  readonly clock: Clock
}

interface Computed {
  readonly report: StatusReport
  readonly rendered: Map<string, string>
}

export type StatusPages = Awaited<ReturnType<typeof createStatusPages>>

export async function createStatusPages({ store, sources, clock }: StatusPagesParts) {
  const availability = createAvailabilityReader(sources, clock)
  const cache = createFreshValues<Computed>(clock, FRESH_MS)
  const book = await openPageBook({ store, clock, onChanged: (id) => cache.forget(id) })

  return {
    book,

    /** The page at an address as HTML; undefined where there is none that is to be seen. Rejects when it cannot be made. */
    async read(slug: string, form: Form): Promise<string | undefined> {
      const page = book.shown(slug)
      if (!page) return undefined
      const { report, rendered } = await cache.read(page.id, async () => ({
        report: await reportOf(page, { sources, availability, clock }),
        rendered: new Map(),
      }))
      // It was changed, or switched off, while it was computed.
      if (book.shown(slug) !== page) return this.read(slug, form)
      const key = `${form.locale} ${form.isStill}`
      const known = rendered.get(key)
      if (known !== undefined) return known
      const made = renderPage(report, form)
      rendered.set(key, made)
      return made
    },

    /** Hosts have left the fleet: no page goes on telling of them. */
    hostsRemoved: () => cache.forgetAll(),
  }
}
