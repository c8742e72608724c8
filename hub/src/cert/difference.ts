// Owns what is different between two readings of an advisory, as far as people act on it (docs/cert.md, W5 to W7).
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { ChangedField, FieldChange } from './watch-ports.ts'

/** A change names so many things; who wants more reads the source. */
export const MAX_NAMED = 40
export const MAX_NAMED_LENGTH = 400

/** Empty where only the title, dates, the order, or how it is set differ: nobody acts on those. */
export function differenceOf(before: AdvisoryDocument, after: AdvisoryDocument): FieldChange[] {
  return [
    ...lists('risks', before.risks, after.risks),
    ...lists('affected', linesOf(before), linesOf(after)),
    ...lists('cves', before.cves, after.cves),
    ...texts('summary', before.summary, after.summary),
    ...texts('solution', before.solution, after.solution),
    ...lists(
      'links',
      before.links.map(({ url }) => url),
      after.links.map(({ url }) => url),
    ),
    ...lists(
      'revisions',
      before.revisions.map(({ text }) => text),
      after.revisions.map(({ text }) => text),
    ),
  ]
}

/** Whether a reading holds nothing of what an earlier one did: the source was not read whole. */
export function isPoorer(before: AdvisoryDocument, after: AdvisoryDocument): boolean {
  return saysSomething(before) && !saysSomething(after)
}

function saysSomething({ affected, cves, summary, solution }: AdvisoryDocument): boolean {
  return affected.length > 0 || cves.length > 0 || plain(summary + solution) !== ''
}

function linesOf({ affected }: AdvisoryDocument): string[] {
  return affected.map(({ text, product }) => text || (product ?? ''))
}

function lists(
  field: ChangedField,
  before: readonly string[],
  after: readonly string[],
): FieldChange[] {
  const added = without(after, before)
  const removed = without(before, after)
  return added.length + removed.length === 0 ? [] : [{ field, added, removed }]
}

function without(items: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(plain))
  return items
    .filter((item) => plain(item) !== '' && !known.has(plain(item)))
    .slice(0, MAX_NAMED)
    .map((item) => item.slice(0, MAX_NAMED_LENGTH))
}

function texts(field: ChangedField, before: string, after: string): FieldChange[] {
  return plain(before) === plain(after) ? [] : [{ field, added: [], removed: [] }]
}

/** Letters and digits: the page and the document of one advisory set the same words in other ways. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
