// Owns which incident stands beside the lists: who reads or writes about one does not find another in its place.
import type { Incident } from '@vigie/shared/api/incident'

interface Reader {
  /** The one that the address names. */
  readonly chosen: number | null
  /** Whether somebody is at the one that is shown. */
  readonly isInUse: (id: number) => boolean
}

/** Keeps what is shown until another is chosen or it leaves the list, and longer while it is in use; else the first. */
export class BesideLists {
  #id: number | null = null

  next(listed: readonly Pick<Incident, 'id'>[], { chosen, isInUse }: Reader): number | null {
    const shown = this.#id
    const stays = shown !== null && (listed.some(({ id }) => id === shown) || isInUse(shown))
    this.#id = chosen ?? (stays ? shown : (listed[0]?.id ?? null))
    return this.#id
  }
}
