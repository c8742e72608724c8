// Owns the keys of the list of advisories, for the help; the list runs them where its links have the focus.
import type { KeyRow } from '../keys/key-table.ts'

export const LIST_KEYS: readonly KeyRow<unknown>[] = [
  {
    keys: ['ArrowUp', 'ArrowDown', 'Home', 'End'],
    shown: ['ArrowUp', 'ArrowDown'],
    words: 'keyMove',
    run: () => false,
  },
]
