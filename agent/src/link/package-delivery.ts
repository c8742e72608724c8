// Owns telling the hub on one connection what is installed (docs/protocol.md, "Packages"): nothing where it knows, else what
// has changed, in messages that come one after the other has arrived, so that ticks never wait behind a long list.
import type { PackagesMessage } from '@vigie/shared/protocol/agent'
import type { Clock } from '../clock/clock.ts'
import {
  changeOf,
  messagesOf,
  withoutIncomplete,
  type PackageList,
} from '../inventory/packages/package-list.ts'
import type { Connection } from './connection.ts'

// With the question that follows each it stays well under the hub's 20 texts a second.
const PAUSE_MS = 150
/** A fleet whose hub has lost its lists, or that was upgraded at once, tells them one after the other. */
const SPREAD_MS = 30_000

export interface PackageDeliveryOptions {
  readonly connection: Connection
  readonly clock: Clock
  /** Numbers from 0 to under 1. */
  readonly random: () => number
  /** The list that the hub has, as its welcome says; undefined where the hub takes none. */
  readonly hashAtHub: string | null | undefined
  /** The list that a hub was last known to have, on whichever connection. */
  readonly told: PackageList | undefined
  /** The hub has this list. */
  readonly onTold: (list: PackageList) => void
}

export class PackageDelivery {
  readonly #options: PackageDeliveryOptions
  #hashAtHub: string | null | undefined
  #told: PackageList | undefined
  #sending: { readonly list: PackageList; readonly messages: Iterator<PackagesMessage> } | undefined
  #next: PackageList | undefined
  #hasSent = false
  #isUnanswered = false
  #cancelPause: (() => void) | undefined
  #cancelSpread: (() => void) | undefined

  constructor(options: PackageDeliveryOptions) {
    this.#options = options
    this.#hashAtHub = options.hashAtHub
    this.#told = options.told
  }

  /** Whether packages were sent at all on this connection. */
  get hasSent(): boolean {
    return this.#hasSent
  }

  /** Tells a list, after the one that is under way; the whole of one at some moment of the next half minute. */
  offer(read: PackageList): void {
    if (this.#hashAtHub === undefined) return
    const { clock, random, connection } = this.#options
    const list = connection.takesIncomplete ? read : withoutIncomplete(read)
    if (this.#sending || this.#cancelSpread) {
      this.#next = list
      return
    }
    if (list.hash === this.#hashAtHub || this.#base()) {
      this.#begin(list)
      return
    }
    this.#next = list
    this.#cancelSpread = clock.setTimeout(() => {
      const next = this.#next ?? list
      this.#cancelSpread = undefined
      this.#next = undefined
      this.#begin(next)
    }, random() * SPREAD_MS)
  }

  /** What the hub has, where that is known here. */
  #base(): PackageList | undefined {
    return this.#told?.hash === this.#hashAtHub ? this.#told : undefined
  }

  #begin(list: PackageList): void {
    if (list.hash === this.#hashAtHub) {
      this.#told = list
      if (!this.#isUnanswered) this.#options.onTold(list)
      return
    }
    this.#sending = { list, messages: messagesOf(changeOf(this.#base(), list), list) }
    this.#send()
  }

  /** The hub answered what was sent after the last message: that has arrived. */
  answered(): void {
    if (!this.#isUnanswered) return
    this.#isUnanswered = false
    if (this.#sending) this.#goOn()
    else if (this.#told) this.#options.onTold(this.#told)
  }

  close(): void {
    this.#cancelPause?.()
    this.#cancelSpread?.()
    this.#hashAtHub = undefined
    this.#sending = undefined
    this.#next = undefined
  }

  #send(): void {
    const { connection, clock } = this.#options
    const message = this.#sending?.messages.next()
    if (!this.#sending || !message || message.done) return
    this.#hasSent = true
    connection.send(message.value)
    this.#isUnanswered = true
    connection.askTime()
    if (message.value.isLast) {
      this.#end(this.#sending.list)
      return
    }
    this.#cancelPause = clock.setTimeout(() => {
      this.#cancelPause = undefined
      this.#goOn()
    }, PAUSE_MS)
  }

  #goOn(): void {
    if (!this.#isUnanswered && !this.#cancelPause) this.#send()
  }

  #end(list: PackageList): void {
    const next = this.#next
    this.#sending = undefined
    this.#next = undefined
    this.#hashAtHub = list.hash
    this.#told = list
    if (next) this.offer(next)
  }
}
