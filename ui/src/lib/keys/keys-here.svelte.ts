// Owns which keys work on the page that one is on, for the help to list: what is there declares them.
import { untrack } from 'svelte'
import type { ListedKey } from './key-table.ts'

/** Where the keys work; in the order of the help. */
const PLACES = ['keysPage', 'keysFilter', 'keysPlot'] as const

export interface KeyGroup {
  readonly place: (typeof PLACES)[number]
  readonly keys: readonly ListedKey[]
}

class KeysHere {
  #declared = $state.raw<readonly KeyGroup[]>([])

  readonly groups: readonly KeyGroup[] = $derived(
    PLACES.map((place) => {
      const here = this.#declared.filter((group) => group.place === place)
      return { place, keys: [...new Set(here.flatMap(({ keys }) => keys))] }
    }).filter(({ keys }) => keys.length > 0),
  )

  /** Holds as long as the component that declares it. */
  declare(...groups: readonly KeyGroup[]): void {
    $effect(() => {
      this.#declared = untrack(() => [...this.#declared, ...groups])
      return () => {
        this.#declared = untrack(() => this.#declared.filter((group) => !groups.includes(group)))
      }
    })
  }
}

export const keysHere = new KeysHere()
