// Owns what each key is to this hub, in memory: a fleet that comes back at once waits for no query.
import type { KeyStanding, KnownHost } from './ingest/ports.ts'

export type HostWithKey = KnownHost & {
  readonly publicKey: string
  readonly retiredMs: number | null
}

export interface RefusedKeys {
  readonly revoked: Iterable<string>
  /** Of machines that nobody has approved yet. */
  readonly waiting: Iterable<string>
}

interface Entry {
  readonly host: KnownHost
  readonly publicKey: string
  readonly isRetired: boolean
}

export class KnownHosts {
  readonly #byKey = new Map<string, Entry>()
  readonly #byId = new Map<number, Entry>()
  readonly #revoked: Set<string>
  readonly #waiting: Set<string>

  constructor(hosts: Iterable<HostWithKey>, { revoked, waiting }: RefusedKeys) {
    this.#revoked = new Set(revoked)
    this.#waiting = new Set(waiting)
    for (const host of hosts) this.add(host)
  }

  standingOf(publicKey: string): KeyStanding | undefined {
    if (this.#revoked.has(publicKey)) return { kind: 'refused', close: 'revoked' }
    if (this.#waiting.has(publicKey)) return { kind: 'refused', close: 'awaitingApproval' }
    const entry = this.#byKey.get(publicKey)
    if (entry?.isRetired) return { kind: 'refused', close: 'retired' }
    return entry && { kind: 'host', host: entry.host }
  }

  keyOf(id: number): string | undefined {
    return this.#byId.get(id)?.publicKey
  }

  /** Adds a host, or puts another key in the place of the one that it had. */
  add({ id, name, inventoryHash, publicKey, retiredMs }: HostWithKey): void {
    this.#waiting.delete(publicKey)
    this.remove(id)
    this.#set({ host: { id, name, inventoryHash }, publicKey, isRetired: retiredMs !== null })
  }

  remove(id: number): void {
    const entry = this.#byId.get(id)
    if (!entry) return
    this.#byId.delete(id)
    this.#byKey.delete(entry.publicKey)
  }

  await(publicKey: string): void {
    this.#waiting.add(publicKey)
  }

  revoke(publicKey: string): void {
    this.#waiting.delete(publicKey)
    this.#revoked.add(publicKey)
  }

  rename(id: number, name: string): void {
    this.#change(id, ({ host }) => ({ host: { ...host, name } }))
  }

  retire(id: number, isRetired: boolean): void {
    this.#change(id, () => ({ isRetired }))
  }

  /** A host has told its inventory, and need not tell it again while it is that one. */
  learnt(id: number, inventoryHash: string): void {
    this.#change(id, ({ host }) => ({ host: { ...host, inventoryHash } }))
  }

  #change(id: number, change: (entry: Entry) => Partial<Entry>): void {
    const entry = this.#byId.get(id)
    if (entry) this.#set({ ...entry, ...change(entry) })
  }

  #set(entry: Entry): void {
    this.#byId.set(entry.host.id, entry)
    this.#byKey.set(entry.publicKey, entry)
  }
}
