// Owns the telling of what cannot be read: once when it begins and once when it is over, not once a second.
import type { CollectLogger } from './collection.ts'

export class Troubles {
  readonly #logger: CollectLogger
  readonly #failures = new Map<string, number>()

  constructor(logger: CollectLogger) {
    this.#logger = logger
  }

  failed(source: string, cause: unknown): void {
    const failures = (this.#failures.get(source) ?? 0) + 1
    this.#failures.set(source, failures)
    if (failures > 1) return
    const reason = cause instanceof Error ? cause.message : String(cause)
    this.#logger.warn({ source, reason }, `cannot read ${source}: its values are missing`)
  }

  worked(source: string): void {
    const failures = this.#failures.get(source)
    if (failures === undefined) return
    this.#failures.delete(source)
    this.#logger.info({ source, failures }, `${source} can be read again`)
  }
}
