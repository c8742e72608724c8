// Owns what ingest needs of the rest of the hub; app.ts passes it in.
import type { Block } from '@vigie/shared/codec/block'
import type { GapMessage, Hello } from '@vigie/shared/protocol/agent'
import type { QuotaKind } from '@vigie/shared/api/host'
import type { Inventory, Snapshot } from '@vigie/shared/protocol/inventory'
import type { IncompletePackages } from '@vigie/shared/protocol/packages'

/** A host that may connect. */
export interface KnownHost {
  readonly id: number
  readonly name: string
  readonly inventoryHash: string | null
}

/** What a key is to this hub: a host's, or one that is refused with its close code. */
export type KeyStanding =
  | { readonly kind: 'host'; readonly host: KnownHost }
  | { readonly kind: 'refused'; readonly close: 'revoked' | 'retired' | 'awaitingApproval' }

/** An enrolment as it is kept; `secretSha256` is base64url. */
export interface KnownEnrolment {
  readonly secretSha256: string
  readonly expiresAtMs: number
  readonly usedMs: number | null
  readonly hostId: number | null
}

export interface Roster {
  /** Undefined: nobody ever joined with it. */
  standingOf(publicKey: string): KeyStanding | undefined
  findEnrolment(id: string): Promise<KnownEnrolment | undefined>
  /**
   * Spends the enrolment, and makes the host or has the machine wait for approval; or does neither and returns undefined.
   */
  join(
    hello: Hello,
    by: { readonly enrolmentId: string; readonly address: string },
  ): Promise<KeyStanding | undefined>
  /** The list of packages that a host told last; null when it has to tell all of them. */
  packagesHash(hostId: number): string | null
}

export interface TickPayload {
  readonly timeMs: number
  /** A block of one tick. */
  readonly payload: Uint8Array
}

/** A frame of ticks that passed every check. */
export interface TickFrame {
  readonly hostId: number
  readonly keys: readonly string[]
  readonly block: Block
  /** The frame as its agent sent it; a copy that the receiver may keep. */
  readonly bytes: Uint8Array
  readonly ticks: readonly TickPayload[]
  /** To be called when all the ticks are on the disk, in the order of the frames. */
  readonly onCommitted: () => void
}

/** What is installed on a host, whole or as what changed, in the lines of shared/src/protocol/package-line.ts. */
export interface PackageChange {
  /** The list that this changes; null: what is put is all. */
  readonly base: string | null
  /** The list that should come of it. */
  readonly hash: string
  readonly readMs: number
  readonly put: readonly string[]
  readonly removed: readonly string[]
  /** What the list lacks that should come of it. */
  readonly incomplete?: IncompletePackages
}

/** What ingest tells the rest of the hub. None of these may throw or take long. */
export interface AgentEvents {
  onConnected(host: KnownHost, hello: Hello): void
  /** `reason` is the name and meaning of the close code. */
  onDisconnected(hostId: number, reason: string): void
  /** Any message of a host, ticks among them. */
  onHeard(hostId: number): void
  onTable(table: { hostId: number; revision: number; keys: readonly string[] }): void
  onTicks(frame: TickFrame): void
  onInventory(hostId: number, hash: string, inventory: Inventory): void
  /** The whole of a change; its base is what {@link Roster.packagesHash} says, which from now on says its hash. */
  onPackages(hostId: number, change: PackageChange): void
  onSnapshot(hostId: number, snapshot: Snapshot): void
  /** What an agent says of a time that it has no ticks of. */
  onGap(hostId: number, gap: GapMessage): void
  onGoodbye(hostId: number, reason: 'stopped' | 'rebooting' | 'upgrading'): void
  onDuplicate(hostId: number, duplicate: { hostname: string; address: string }): void
  /** Its connection is closed for that. */
  onOverQuota(hostId: number, what: QuotaKind): void
}
