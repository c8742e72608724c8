// Owns the keys of a list of hosts and of the field that filters it.
import type { KeyRow } from '../keys/key-table.ts'

/** The key that leads into the field, from anywhere on the page. */
export const FILTER_KEYS: readonly KeyRow<unknown>[] = [
  {
    keys: ['/'],
    words: 'keyFilter',
    run: () => {
      const field = document.querySelector<HTMLElement>('[data-filter]')
      field?.focus()
      return field !== null
    },
  },
]

interface FilterField {
  readonly query: string
  readonly onquery: (query: string) => void
  readonly blur: () => void
}

export const FIELD_KEYS: readonly KeyRow<FilterField>[] = [
  {
    keys: ['Escape'],
    words: 'keyClear',
    run: ({ query, onquery, blur }) => (query === '' ? blur() : onquery('')),
  },
]

interface HostList {
  /** Whether the key leads anywhere in this list. */
  readonly move: (key: string) => boolean
}

export const LIST_KEYS: readonly KeyRow<HostList>[] = [
  {
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
    shown: ['ArrowUp', 'ArrowDown'],
    words: 'keyMove',
    run: ({ move }, key) => move(key),
  },
]

interface HostRow {
  readonly open: () => void
}

export const ROW_KEYS: readonly KeyRow<HostRow>[] = [
  { keys: ['Enter'], words: 'keyOpen', run: ({ open }) => open() },
]
