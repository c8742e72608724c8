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
  #filledMs: number

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate
    this.#level = rate.burst
    this.#filledMs = nowMs
  }

  /** Takes one; false when there is none left. */
  take(nowMs: number): boolean {
    if (this.isEmpty(nowMs)) return false
    this.#level--
    return true
  }

  isEmpty(nowMs: number): boolean {
    const { burst, perSecond } = this.#rate
    const elapsedS = Math.max(0, nowMs - this.#filledMs) / 1000
    this.#level = Math.min(burst, this.#level + elapsedS * perSecond)
    this.#filledMs = nowMs
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

  take(address: string, nowMs: number): boolean {
    return this.#bucket(address, nowMs).take(nowMs)
  }

  isEmpty(address: string, nowMs: number): boolean {
    return this.#buckets.get(networkOf(address))?.isEmpty(nowMs) ?? false
  }

  #bucket(address: string, nowMs: number): TokenBucket {
    const network = networkOf(address)
    const bucket = this.#buckets.get(network) ?? new TokenBucket(this.#rate, nowMs)
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
