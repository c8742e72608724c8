// Owns which hosts this page wants: figures of those in sight, every value of those that are open.
import type { Subscribe } from '@vigie/shared/protocol/live'
import type { Snapshot } from '@vigie/shared/protocol/inventory'

/** What an open host's page is told. Blocks are bytes as the agent sent them, of a table that came before. */
export interface HostListener {
  onTable(table: { revision: number; keys: string[] }): void
  onBlock(bytes: Uint8Array): void
  onSnapshot(snapshot: Snapshot): void
  /** Blocks since then were left out because this browser was too slow; fetch them. */
  onDropped(sinceMs: number): void
  /** Blocks may have been missed since the last one heard; fetch them. */
  onReconnect(): void
}

/** The hub takes at most this many hosts' figures in one subscription. */
const MAX_FIGURES = 500

export class Subscription {
  #figures: readonly number[] = []
  readonly #open = new Map<number, Set<HostListener>>()

  /** Returns whether the wish changed. */
  watchFigures(ids: readonly number[]): boolean {
    const next = ids.slice(0, MAX_FIGURES)
    const before = new Set(this.#figures)
    const isSame = next.length === before.size && next.every((id) => before.has(id))
    this.#figures = next
    return !isSame
  }

  /** Returns whether the host was not open before. */
  open(id: number, listener: HostListener): boolean {
    const listeners = this.#open.get(id) ?? new Set()
    const isNew = listeners.size === 0
    this.#open.set(id, listeners.add(listener))
    return isNew
  }

  /** Returns whether nobody has the host open any more. */
  close(id: number, listener: HostListener): boolean {
    const listeners = this.#open.get(id)
    if (!listeners?.delete(listener) || listeners.size > 0) return false
    return this.#open.delete(id)
  }

  listenersOf(id: number): Iterable<HostListener> {
    return this.#open.get(id) ?? []
  }

  allListeners(): HostListener[] {
    return [...this.#open.values()].flatMap((listeners) => [...listeners])
  }

  /** The message that asks for it; an idle page asks for nothing. */
  message(isIdle: boolean): Subscribe {
    return {
      type: 'subscribe',
      figures: isIdle ? [] : [...this.#figures],
      hosts: isIdle ? [] : [...this.#open.keys()],
    }
  }
}
