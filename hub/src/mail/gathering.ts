// Owns for how long a recipient's notices are gathered before they are one mail (docs/alerts.md, C1). Times never jump.

export const GATHER_MS = 2000
/** More than so many are a storm. */
export const STORM = 10
export const STORM_QUIET_MS = 3000
export const STORM_MOST_MS = 20_000
export const AFTER_STORM_MS = 20_000

export class Gathering {
  #firstAtMs: number | undefined
  #newestAtMs = 0
  #seen = new Set<number>()
  #notBeforeMs = -Infinity

  /** Says what is ready to be told. Returns when it is due. */
  see(noticeIds: readonly number[], atMs: number): number {
    const isNew = noticeIds.some((id) => !this.#seen.has(id))
    if (isNew) this.#newestAtMs = atMs
    this.#firstAtMs ??= atMs
    this.#seen = new Set(noticeIds)
    const dueAtMs =
      noticeIds.length > STORM
        ? Math.min(this.#newestAtMs + STORM_QUIET_MS, this.#firstAtMs + STORM_MOST_MS)
        : this.#firstAtMs + GATHER_MS
    return Math.max(dueAtMs, this.#notBeforeMs)
  }

  /** They are a mail now. */
  told(count: number, atMs: number): void {
    this.clear()
    if (count > STORM) this.#notBeforeMs = atMs + AFTER_STORM_MS
  }

  /** Nothing is ready any more: what was, is silenced. */
  clear(): void {
    this.#firstAtMs = undefined
    this.#seen.clear()
  }

  isIdle(atMs: number): boolean {
    return this.#firstAtMs === undefined && this.#notBeforeMs <= atMs
  }
}
