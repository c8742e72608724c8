// Owns what every connection of an agent shares.
import type { CloseName } from '@vigie/shared/protocol/close-codes'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { HubIdentity } from './hub-identity.ts'
import type { IngestMetrics } from './ingest-metrics.ts'
import type { AgentEvents, Roster } from './ports.ts'
import type { Quotas } from './quotas.ts'

/** One connection as the others see it. */
export interface Peer {
  readonly address: string
  readonly isClosed: boolean
  /** Whether anything comes from the agent within `timeoutMs` of a ping. */
  answers(timeoutMs: number): Promise<boolean>
  /** Stops or goes on reading; what the agent sends meanwhile waits in the kernels of both sides. */
  setPaused(isPaused: boolean): void
  /** Pings the other side. */
  ping(): void
  /** When anything at all last came from the other side, by the clock that never jumps. */
  readonly heardAtMs: number
  readonly isWelcome: boolean
  /** Closes with a code of the table and takes nothing more. */
  close(name: CloseName, detail?: string): void
}

/** The set of connections as one of them sees it. */
export interface ConnectionRegistry {
  /**
   * Makes a connection the one of its host; false when another running agent holds the identity (rule H6).
   * Asking the holder takes up to some seconds.
   */
  claim(hostId: number, newcomer: Peer): Promise<boolean>
  release(hostId: number, connection: Peer): void
  welcomed(connection: Peer): void
  /** It takes no more frames. `refusedAs` is set when it never was welcome and the hub closed it. */
  left(connection: Peer, refusedAs: CloseName | undefined): void
  /** Its socket is closed on both sides. */
  gone(connection: Peer): void
}

export interface IngestContext {
  readonly identity: HubIdentity
  readonly roster: Roster
  readonly events: AgentEvents
  readonly connections: ConnectionRegistry
  readonly quotas: Quotas
  readonly metrics: IngestMetrics
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}
