// Owns how lists that run from the newest to the oldest are asked for, a page at a time.
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'

const MAX_ITEMS = 500
export const DEFAULT_ITEMS = 100

export const after = Type.Optional(
  Type.String({ maxLength: 40, description: 'The `next` of the page before' }),
)

export const limit = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: MAX_ITEMS,
    description: `Items a page (${DEFAULT_ITEMS} when left out)`,
  }),
)

/** Of a cursor that is an id. */
export function beforeIdOf(cursor: string | undefined): { beforeId?: number } {
  if (cursor === undefined) return {}
  if (!/^[0-9]{1,15}$/.test(cursor)) throw badCursor()
  return { beforeId: Number(cursor) }
}

export function badCursor(): ProblemError {
  const message = 'is not the `next` of a page of this list'
  return new ProblemError('invalid-request', `query/after ${message}`, [
    { field: 'query/after', message },
  ])
}

/** A page of what was found when one more than `size` was asked for. */
export function pageOf<Item>(
  found: readonly Item[],
  size: number,
  cursorOf: (item: Item) => string,
): { items: Item[]; next: string | null } {
  const items = found.slice(0, size)
  const last = items.at(-1)
  return { items, next: last && found.length > size ? cursorOf(last) : null }
}
