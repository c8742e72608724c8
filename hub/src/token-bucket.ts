// Owns the counting of what may happen only so often: a bucket that refills with time, and one bucket an address.
import { isIPv6 } from 'node:net'

export interface Rate {
  /** How many at once. */
  readonly burst: number
  readonly perSecond: number
}

export class TokenBucket {
  readonly #rate: Rate
  #level: number
  #filledAtMs: number

  /** Times are of a clock that never jumps (`Clock.elapsedMs`). */
  constructor(rate: Rate, atMs: number) {
    this.#rate = rate
    this.#level = rate.burst
    this.#filledAtMs = atMs
  }

  /** Takes some, also where fewer are left, which are owed then; false when there is none left. */
  take(atMs: number, count = 1): boolean {
    if (this.isEmpty(atMs)) return false
    this.#level -= count
    return true
  }

  /** Until there is one again. */
  waitMs(atMs: number): number {
    return this.isEmpty(atMs) ? ((1 - this.#level) / this.#rate.perSecond) * 1000 : 0
  }

  isEmpty(atMs: number): boolean {
    const { burst, perSecond } = this.#rate
    const elapsedS = (atMs - this.#filledAtMs) / 1000
    this.#level = Math.min(burst, this.#level + elapsedS * perSecond)
    this.#filledAtMs = atMs
    return this.#level < 1
  }
}

/** Buckets by address. It remembers a bounded number of addresses and forgets the one that was quiet for longest. */
export class AddressBuckets {
  readonly #rate: Rate
  readonly #maxAddresses: number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(rate: Rate, maxAddresses = 10_000) {
    this.#rate = rate
    this.#maxAddresses = maxAddresses
  }

  get size(): number {
    return this.#buckets.size
  }

  take(address: string, atMs: number): boolean {
    return this.#bucket(address, atMs).take(atMs)
  }

  isEmpty(address: string, atMs: number): boolean {
    return this.#buckets.get(networkOf(address))?.isEmpty(atMs) ?? false
  }

  #bucket(address: string, atMs: number): TokenBucket {
    const network = networkOf(address)
    const bucket = this.#buckets.get(network) ?? new TokenBucket(this.#rate, atMs)
    // A Map keeps insertion order: what was used last goes to the end.
    this.#buckets.delete(network)
    this.#buckets.set(network, bucket)
    if (this.#buckets.size > this.#maxAddresses) {
      const [oldest] = this.#buckets.keys()
      if (oldest !== undefined) this.#buckets.delete(oldest)
    }
    return bucket
  }
}

// One IPv6 customer has a whole /64 to choose addresses from.
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
