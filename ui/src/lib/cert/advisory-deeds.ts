// Owns what administrators may do about an advisory, as the parts of the page ask for it.
import type { Advisory } from '@vigie/shared/api/advisory'

export interface AdvisoryDeeds {
  /** Resolves when it is taken; rejects with why not. */
  take(advisory: Advisory): Promise<void>
  /** Asks to whom. */
  handOver(advisory: Advisory): void
  /** Asks how. */
  handle(advisory: Advisory): void
}
