// Owns the limits of both sockets. They are written into docs/protocol.md and each has a test.
import type { BlockLimits } from '../codec/block.ts'

/** The largest frame that a hub takes from an agent; `ws` closes with 1009 above it. */
export const MAX_AGENT_FRAME_BYTES = 1_048_576
/** The largest frame that a hub takes from a browser. */
export const MAX_BROWSER_FRAME_BYTES = 65_536
/** How long a new connection may take until it is welcome. */
export const HANDSHAKE_TIMEOUT_MS = 10_000
/** Silence after which a connected side is given up. */
export const IDLE_TIMEOUT_MS = 30_000
/** At which agents tick: as they are set, or slower where they cost too much. */
export const AGENT_INTERVALS_MS = [1_000, 5_000, 10_000, 60_000] as const
/** Ticks further ahead of the hub's clock than this are refused: they would hide the true latest one. */
export const MAX_AHEAD_MS = 60_000
/** What one binary frame of an agent may hold. */
export const AGENT_BLOCK_LIMITS: BlockLimits = {
  maxTicks: 3600,
  maxSeries: 4096,
  maxValues: 262_144,
}
/** Series tables that a connection may announce; a frame may use any of them. */
export const MAX_TABLES_PER_CONNECTION = 64
/** Packages of one host; what a machine has beyond is not told. */
export const MAX_PACKAGES = 20_000
/** What one `packages` message may put, and what it may remove. */
export const MAX_PACKAGES_PER_MESSAGE = 1_000
/** The lines (package-line.ts) of one list or of one change to it, in UTF-16 code units. */
export const MAX_PACKAGES_LENGTH = 8_388_608
