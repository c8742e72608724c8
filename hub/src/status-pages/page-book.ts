// Owns which status pages there are, in memory as they are in the store: each request asks whether its page is to be seen.
import { randomBytes } from 'node:crypto'
import { STATUS_PAGE_LIMITS } from '@vigie/shared/api/status-page'
import type { StatusPageChange, StatusPageDraft } from '@vigie/shared/api/status-page'
import type { Clock } from '../clock.ts'
import type { StatusPageRecord, StatusPageStore } from './ports.ts'

export type PageFault = 'slug-taken' | 'too-many'

export type PageBook = Awaited<ReturnType<typeof openPageBook>>

export interface PageBookParts {
  readonly store: StatusPageStore
  readonly clock: Clock
  /** A page is another than before, or gone. */
  readonly onChanged: (id: number) => void
}

export async function openPageBook({ store, clock, onChanged }: PageBookParts) {
  let pages: readonly StatusPageRecord[] = await store.list()
  let turn: Promise<unknown> = Promise.resolve()
  /** One change after the other: each is judged by what those before it have left. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }
  const isTaken = (slug: string, id?: number): boolean =>
    pages.some((page) => page.slug === slug && page.id !== id)

  return {
    list: () => pages,

    /** The page at an address; undefined for one that nobody is to see, as for one that there is not. */
    shown(slug: string): StatusPageRecord | undefined {
      const page = pages.find((each) => each.slug === slug)
      const isOver = page?.endsMs !== null && (page?.endsMs ?? 0) <= clock.nowMs()
      return page?.isOn === true && !isOver ? page : undefined
    },

    create: (draft: StatusPageDraft): Promise<StatusPageRecord | PageFault> =>
      inTurn(async () => {
        if (pages.length >= STATUS_PAGE_LIMITS.maxPages) return 'too-many'
        const slug = draft.slug ?? unguessable()
        if (isTaken(slug)) return 'slug-taken'
        const page = await store.create({
          ...{ text: '', hostTags: null, names: 'hidden', isOn: false, endsMs: null },
          ...{ ...draft, slug, createdMs: clock.nowMs() },
        })
        pages = [...pages, page]
        return page
      }),

    /** Undefined when there is no such page. */
    change: (
      id: number,
      change: StatusPageChange,
    ): Promise<StatusPageRecord | PageFault | undefined> =>
      inTurn(async () => {
        const page = pages.find((each) => each.id === id)
        if (!page) return undefined
        const changed = { ...page, ...change }
        if (isTaken(changed.slug, id)) return 'slug-taken'
        await store.replace(changed)
        pages = pages.map((each) => (each.id === id ? changed : each))
        onChanged(id)
        return changed
      }),

    /** The page that is gone; undefined when there was none. */
    delete: (id: number): Promise<StatusPageRecord | undefined> =>
      inTurn(async () => {
        const page = pages.find((each) => each.id === id)
        if (!page) return undefined
        await store.delete(id)
        pages = pages.filter((each) => each.id !== id)
        onChanged(id)
        return page
      }),
  }
}

/** 80 bits: nobody finds it who was not given it. */
function unguessable(): string {
  return randomBytes(10).toString('hex')
}
