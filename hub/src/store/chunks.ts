// Owns how many rows one statement takes: what is longer goes in several, within the limits of every dialect.

export const ROWS_PER_STATEMENT = 500

export function* inChunks<Item>(
  items: readonly Item[],
  length = ROWS_PER_STATEMENT,
): Generator<readonly Item[]> {
  for (let first = 0; first < items.length; first += length) {
    yield items.slice(first, first + length)
  }
}
