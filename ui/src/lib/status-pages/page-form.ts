// Owns the form of a status page: what is written, what is wrong with it, and what it asks of the hub.
import type { HostNames, StatusPage, StatusPageDraft } from '@vigie/shared/api/status-page'

const DAY_MS = 86_400_000

export const LIVES = ['none', '7', '30', '90', '365'] as const
/** For how many days from now; `kept`: until the time that it had. */
export type Life = (typeof LIVES)[number] | 'kept'

export interface PageForm {
  readonly title: string
  readonly text: string
  readonly slug: string
  /** Null: every host. */
  readonly hostTags: readonly string[] | null
  readonly names: HostNames
  readonly life: Life
}

export type PageField = 'title' | 'slug' | 'hostTags'

export function formOf(page: StatusPage | null): PageForm {
  if (!page) {
    return { title: '', text: '', slug: '', hostTags: null, names: 'hidden', life: 'none' }
  }
  const { title, text, slug, hostTags, names, endsMs } = page
  return { title, text, slug, hostTags, names, life: endsMs === null ? 'none' : 'kept' }
}

/** The hub looks again; these are what it would say. `isNew`: the hub makes an address where none is written. */
export function faultsOf(form: PageForm, isNew: boolean): PageField[] {
  const slug = form.slug.trim()
  const isSlug = slug.length <= 64 && /^[a-z0-9][a-z0-9-]+[a-z0-9]$/.test(slug)
  return [
    ...(form.title.trim() === '' ? (['title'] as const) : []),
    ...(isSlug || (isNew && slug === '') ? [] : (['slug'] as const)),
    ...(form.hostTags?.length === 0 ? (['hostTags'] as const) : []),
  ]
}

/** Of a form in which nothing is wrong. An end that is kept is left out, and stays as it is. */
export function draftOf(form: PageForm, nowMs: number): StatusPageDraft {
  const { life, hostTags, names } = form
  const slug = form.slug.trim()
  const days = life === 'none' || life === 'kept' ? null : Number(life)
  return {
    title: form.title.trim(),
    text: form.text.trim(),
    names,
    hostTags: hostTags && [...hostTags],
    ...(slug !== '' && { slug }),
    ...(life !== 'kept' && { endsMs: days === null ? null : Math.floor(nowMs) + days * DAY_MS }),
  }
}
