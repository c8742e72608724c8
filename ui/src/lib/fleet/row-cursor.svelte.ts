// Owns which row the keyboard is on, in a list of which only a part exists in the page.
import { tick } from 'svelte'

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 12,
  PageUp: -12,
  Home: -Infinity,
  End: Infinity,
}

export class RowCursor {
  readonly #ids: () => readonly number[]
  readonly #reveal: (index: number) => void
  #id = $state<number | null>(null)

  /** `reveal` scrolls a row into the part that exists. */
  constructor(ids: () => readonly number[], reveal: (index: number) => void) {
    this.#ids = ids
    this.#reveal = reveal
  }

  /** The row that Tab reaches; null until one was. */
  get id(): number | null {
    return this.#id !== null && this.#ids().includes(this.#id) ? this.#id : null
  }

  mark(id: number): void {
    this.#id = id
  }

  moveTo(index: number): void {
    const ids = this.#ids()
    const target = Math.max(0, Math.min(ids.length - 1, index))
    const id = ids[target]
    if (id === undefined) return
    this.#id = id
    this.#reveal(target)
    // Scrolling makes the row exist one frame later.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        void tick().then(() => {
          document.querySelector<HTMLElement>(`[data-host-id="${id}"]`)?.focus()
        })
      }),
    )
  }

  readonly onkeydown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const ids = this.#ids()
    const from = this.#id === null ? -1 : ids.indexOf(this.#id)
    this.moveTo(step === -Infinity ? 0 : step === Infinity ? ids.length - 1 : from + step)
  }
}
