// Owns status pages as administrators see them: pages that anybody may read who has their address.
import { Type, type Static } from 'typebox'
import { Tag } from './rule.ts'

export const STATUS_PAGE_LIMITS = {
  maxPages: 20,
  maxTitleLength: 80,
  maxTextLength: 300,
  maxTags: 50,
  minSlugLength: 3,
  maxSlugLength: 64,
} as const

/** What ends the page's address: lower-case letters, digits and hyphens between them. */
export const StatusPageSlug = Type.String({
  minLength: STATUS_PAGE_LIMITS.minSlugLength,
  maxLength: STATUS_PAGE_LIMITS.maxSlugLength,
  pattern: '^[a-z0-9][a-z0-9-]*[a-z0-9]$',
})

/** Whether the page calls hosts by their names, or "Server 1" and so on. */
export const HostNames = Type.Union([Type.Literal('shown'), Type.Literal('hidden')])
export type HostNames = Static<typeof HostNames>

const fields = {
  title: Type.String({ minLength: 1, maxLength: STATUS_PAGE_LIMITS.maxTitleLength }),
  text: Type.String({
    maxLength: STATUS_PAGE_LIMITS.maxTextLength,
    description: 'Stands under the title; empty: nothing does',
  }),
  slug: StatusPageSlug,
  hostTags: Type.Union(
    [Type.Array(Tag, { minItems: 1, maxItems: STATUS_PAGE_LIMITS.maxTags }), Type.Null()],
    { description: 'Hosts with one of these tags; null: every host' },
  ),
  names: HostNames,
  isOn: Type.Boolean({ description: 'Off, the page is as though it were not there' }),
  endsMs: Type.Union([Type.Integer({ minimum: 0, maximum: 8.64e15 }), Type.Null()], {
    description: 'Epoch milliseconds, UTC: from then on it is as though it were off',
  }),
}

export const StatusPage = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    ...fields,
    createdMs: Type.Integer({ description: 'Epoch milliseconds, UTC' }),
    url: Type.String({ description: 'Where it is read, without signing in' }),
  },
  { $id: 'StatusPage' },
)
export type StatusPage = Static<typeof StatusPage>
export const StatusPageList = Type.Object({ items: Type.Array(StatusPage) })
export type StatusPageList = Static<typeof StatusPageList>

/** Left out: an address that nobody guesses, every host, hidden names, off, without an end. */
export const StatusPageDraft = Type.Object(
  {
    title: fields.title,
    text: Type.Optional(fields.text),
    slug: Type.Optional(fields.slug),
    hostTags: Type.Optional(fields.hostTags),
    names: Type.Optional(fields.names),
    isOn: Type.Optional(fields.isOn),
    endsMs: Type.Optional(fields.endsMs),
  },
  { additionalProperties: false, $id: 'StatusPageDraft' },
)
export type StatusPageDraft = Static<typeof StatusPageDraft>

/** What is left out stays as it is. */
export const StatusPageChange = Type.Object(
  { ...StatusPageDraft.properties, title: Type.Optional(fields.title) },
  { additionalProperties: false, minProperties: 1, $id: 'StatusPageChange' },
)
export type StatusPageChange = Static<typeof StatusPageChange>
