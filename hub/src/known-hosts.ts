// Owns which hosts this hub knows, by their keys, in memory: a fleet that comes back at once waits for no query.
import type { KnownHost } from './ingest/ports.ts'

type HostWithKey = KnownHost & { readonly publicKey: string }

export class KnownHosts {
  readonly #byKey = new Map<string, KnownHost>()
  readonly #keys = new Map<number, string>()

  constructor(hosts: Iterable<HostWithKey>) {
    for (const host of hosts) this.add(host)
  }

  find(publicKey: string): KnownHost | undefined {
    return this.#byKey.get(publicKey)
  }

  add({ id, name, inventoryHash, publicKey }: HostWithKey): void {
    this.#keys.set(id, publicKey)
    this.#byKey.set(publicKey, { id, name, inventoryHash })
  }

  /** A host has told its inventory, and need not tell it again while it is that one. */
  learnt(id: number, inventoryHash: string): void {
    const publicKey = this.#keys.get(id) ?? ''
    const host = this.#byKey.get(publicKey)
    if (host) this.#byKey.set(publicKey, { ...host, inventoryHash })
  }
}
