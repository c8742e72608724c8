// Owns asking whether the other side of a connection is still there.

export class PeerProbe {
  readonly #waiting = new Set<(isThere: boolean) => void>()

  get isAsking(): boolean {
    return this.#waiting.size > 0
  }

  /** False when nothing was `answered` within `timeoutMs`. */
  ask(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isThere: boolean): void => {
        clearTimeout(timer)
        this.#waiting.delete(settle)
        resolve(isThere)
      }
      const timer = setTimeout(() => settle(false), timeoutMs)
      this.#waiting.add(settle)
    })
  }

  answered(isThere: boolean): void {
    for (const settle of [...this.#waiting]) settle(isThere)
  }
}
