// Owns which row the keyboard is on, in a list of which only a part exists in the page, and keeps the focus there.
import { runKey, type ListedKey } from '../keys/key-table.ts'
import { keysHere } from '../keys/keys-here.svelte.ts'
import { LIST_KEYS, ROW_KEYS } from './list-keys.ts'

export interface RowCursorOptions {
  /** The hosts in their order. */
  readonly ids: () => readonly number[]
  /** Those of them that exist in the page. */
  readonly present: () => readonly number[]
  /** Scrolls a host, by its place in the order, into sight. */
  readonly reveal: (index: number) => void
  /** How many stand side by side. */
  readonly perRow?: () => number
  /** What rows carry their id in; hosts in `data-host-id`. */
  readonly attribute?: string
  /** What the help lists of a row. */
  readonly keys?: readonly ListedKey[]
}

const PAGE_ROWS = 12
const HOST_ID = 'data-host-id'

/** Where a key leads from a place in a list; undefined for keys that do not move. */
export function targetOf(
  key: string,
  from: number,
  { count, perRow }: { count: number; perRow: number },
): number | undefined {
  const page = perRow * Math.ceil(PAGE_ROWS / Math.sqrt(perRow))
  const steps: Record<string, number> = {
    ArrowDown: from < 0 ? 1 : perRow,
    ArrowUp: -perRow,
    PageDown: page,
    PageUp: -page,
    ...(perRow > 1 && { ArrowRight: 1, ArrowLeft: -1 }),
  }
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, from + step))
}

/**
 * Rows are found by their `data-host-id`, or what is said instead. An element that is handed to another host gives its focus to the list itself,
 * which takes the same keys; the host gets it back when it exists again.
 */
export class RowCursor {
  readonly #options: RowCursorOptions
  #id = $state<number | null>(null)
  #list: HTMLElement | null = null

  constructor(options: RowCursorOptions) {
    this.#options = options
    keysHere.declare({ place: 'keysPage', keys: [...LIST_KEYS, ...(options.keys ?? ROW_KEYS)] })
    $effect.pre(() => this.#handOver(options.present()))
    $effect(() => this.#takeBack(options.present()))
  }

  /** The host that Tab reaches: the one that the keyboard was on, or the first one there is. */
  readonly tabId: number | null = $derived.by(() => {
    const present = this.#options.present()
    return this.#id !== null && present.includes(this.#id) ? this.#id : (present[0] ?? null)
  })

  /** An attachment for the element that holds the hosts. */
  readonly attach = (list: HTMLElement): (() => void) => {
    this.#list = list
    list.tabIndex = -1
    const onfocusin = (event: FocusEvent) => {
      const id = this.#idOf(event.target)
      if (id !== null) this.#id = id
    }
    list.addEventListener('focusin', onfocusin)
    list.addEventListener('keydown', this.#onkeydown)
    return () => {
      list.removeEventListener('focusin', onfocusin)
      list.removeEventListener('keydown', this.#onkeydown)
    }
  }

  moveTo(index: number): void {
    const id = this.#options.ids()[index]
    if (id === undefined) return
    this.#id = id
    this.#options.reveal(index)
    // Until scrolling makes the row exist, the list has the focus.
    const row = this.#rowOf(id)
    ;(row ?? this.#list)?.focus({ preventScroll: true })
  }

  readonly #onkeydown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const ids = this.#options.ids()
    const from = this.#id === null ? -1 : ids.indexOf(this.#id)
    const perRow = this.#options.perRow?.() ?? 1
    const move = (key: string) => {
      const target = targetOf(key, from, { count: ids.length, perRow })
      if (target !== undefined) this.moveTo(target)
      return target !== undefined
    }
    if (runKey(LIST_KEYS, event.key, { move })) event.preventDefault()
  }

  #handOver(present: readonly number[]): void {
    const id = this.#list?.contains(document.activeElement) && this.#idOf(document.activeElement)
    if (typeof id === 'number' && !present.includes(id)) this.#list?.focus({ preventScroll: true })
  }

  #takeBack(present: readonly number[]): void {
    if (document.activeElement !== this.#list || !this.#list) return
    if (this.#id !== null && present.includes(this.#id)) {
      this.#rowOf(this.#id)?.focus({ preventScroll: true })
    }
  }

  #rowOf(id: number): HTMLElement | null {
    return this.#list?.querySelector<HTMLElement>(`[${this.#attribute}="${id}"]`) ?? null
  }

  get #attribute(): string {
    return this.#options.attribute ?? HOST_ID
  }

  #idOf(target: EventTarget | null): number | null {
    return rowIdOf(target, this.#attribute)
  }
}

/** The host whose element something in the page is, or stands in. */
export function hostIdOf(target: EventTarget | null): number | null {
  return rowIdOf(target, HOST_ID)
}

/** The same of rows that carry their id in another attribute. */
export function rowIdOf(target: EventTarget | null, attribute: string): number | null {
  const row = target instanceof Element ? target.closest(`[${attribute}]`) : null
  return row ? Number(row.getAttribute(attribute)) : null
}
