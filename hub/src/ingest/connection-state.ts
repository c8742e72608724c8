// Owns the states of an agent's connection, and what is known in each (docs/protocol.md, "Agent and hub").
import type { Hello } from '@vigie/shared/protocol/agent'
import type { HandshakeFacts } from '@vigie/shared/protocol/handshake'
import type { FrameCount } from './frame-count.ts'
import type { PackageIntake } from './package-intake.ts'
import type { KnownHost } from './ports.ts'

export interface Welcomed {
  readonly name: 'welcome'
  readonly host: KnownHost
  readonly hello: Hello
  /** The keys of each series table that was announced on this connection. */
  readonly tables: Map<number, readonly string[]>
  /** Undefined where the version that was negotiated has no packages. */
  readonly packages: PackageIntake | undefined
  /** The table of the last block. */
  revision: number | undefined
  readonly frames: FrameCount
}

export interface Challenged {
  readonly name: 'challenged'
  readonly hello: Hello
  readonly facts: HandshakeFacts
}

export type ConnectionState =
  | { readonly name: 'greeting' }
  | Challenged
  | { readonly name: 'judged' }
  | Welcomed
  | { readonly name: 'closed' }
