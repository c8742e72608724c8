// Owns the messages between agent and hub (docs/protocol.md). Text frames hold one of these as JSON;
// binary frames hold a block (../codec/block.ts) and are counted from 1 on each connection.
import { Type, type Static } from 'typebox'
import { MAX_SERIES_KEY_LENGTH } from '../metrics/series.ts'
import { AGENT_BLOCK_LIMITS, MAX_PACKAGES_PER_MESSAGE } from './limits.ts'
import { Inventory, Snapshot } from './inventory.ts'
import { IncompletePackages, Package } from './packages.ts'

const strict = { additionalProperties: false }
const base64url = (sizeBytes: number) =>
  Type.String({ pattern: `^[A-Za-z0-9_-]{${Math.ceil((sizeBytes * 4) / 3)}}$` })
const timeMs = Type.Integer({ minimum: 0, maximum: 8.64e15 })

/** Raw Ed25519 public key (RFC 8032), base64url. */
export const PublicKey = base64url(32)
const Nonce = base64url(32)
const Signature = base64url(64)

export const Hello = Type.Object(
  {
    type: Type.Literal('hello'),
    publicKey: PublicKey,
    nonce: Nonce,
    /** The kernel's boot id, or what stands for it. */
    bootId: Type.String({ minLength: 1, maxLength: 64 }),
    hostname: Type.String({ minLength: 1, maxLength: 255 }),
    agentVersion: Type.String({ minLength: 1, maxLength: 32 }),
    intervalMs: Type.Integer({ minimum: 1000, maximum: 60_000, multipleOf: 1000 }),
    /** How long the agent's process has run; agents before 0.2 do not say. */
    runningForMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 8.64e15 })),
  },
  strict,
)

export const Proof = Type.Object(
  {
    type: Type.Literal('proof'),
    signature: Signature,
    /** Only when joining: HMAC-SHA-256 over the same transcript, keyed by the token's secret, which never travels. */
    enrolment: Type.Optional(Type.Object({ tokenId: base64url(9), mac: base64url(32) }, strict)),
  },
  strict,
)

/** Names a series table before the first block that uses it. */
export const SeriesTable = Type.Object(
  {
    type: Type.Literal('series'),
    revision: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    keys: Type.Array(Type.String({ minLength: 1, maxLength: MAX_SERIES_KEY_LENGTH }), {
      maxItems: AGENT_BLOCK_LIMITS.maxSeries,
    }),
  },
  strict,
)

export const InventoryMessage = Type.Object(
  {
    type: Type.Literal('inventory'),
    hash: Type.String({ minLength: 1, maxLength: 64 }),
    inventory: Inventory,
  },
  strict,
)

export const SnapshotMessage = Type.Object(
  { type: Type.Literal('snapshot'), snapshot: Snapshot },
  strict,
)

/** Asks for the hub's time; the hub echoes `sentMs`, which is the agent's own business. */
export const ClockRequest = Type.Object(
  { type: Type.Literal('clock'), sentMs: Type.Number() },
  strict,
)

/**
 * The agent ran, or slept, and has no ticks between two times of the hub's clock. `suspended`: the machine slept;
 * `stalled`: it did not get to sample; `dropped`: `ticks` that it had taken had to make room in its spool.
 */
export const GapMessage = Type.Object(
  {
    type: Type.Literal('gap'),
    fromMs: timeMs,
    toMs: timeMs,
    reason: Type.Union([
      Type.Literal('suspended'),
      Type.Literal('stalled'),
      Type.Literal('dropped'),
    ]),
    ticks: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  },
  strict,
)

const packagesHash = base64url(32)

/**
 * What is installed, or what of it has changed, in one message or several: those of one change have the same `base` and
 * `hash`, and the last says that it is. package-line.ts says what the hash is of.
 */
export const PackagesMessage = Type.Object(
  {
    type: Type.Literal('packages'),
    /** The list that this changes; null: there is none, and what is put is all. */
    base: Type.Union([packagesHash, Type.Null()]),
    /** The list that comes of it. */
    hash: packagesHash,
    /** When the machine read its packages. */
    readMs: timeMs,
    /** New packages, or other facts of one; of several installed versions each is a package. */
    put: Type.Array(Package, { maxItems: MAX_PACKAGES_PER_MESSAGE }),
    /** Packages of the base that are no more so, as they were told. */
    removed: Type.Array(Package, { maxItems: MAX_PACKAGES_PER_MESSAGE }),
    isLast: Type.Boolean(),
    /** What the list that comes of it lacks, in the last message; only where `vigie.agent.4` was negotiated. */
    incomplete: Type.Optional(IncompletePackages),
  },
  strict,
)

export const Bye = Type.Object(
  {
    type: Type.Literal('bye'),
    reason: Type.Union([
      Type.Literal('joined'),
      Type.Literal('stopped'),
      Type.Literal('rebooting'),
      Type.Literal('upgrading'),
    ]),
  },
  strict,
)

/** Everything that an agent says as text. */
export const AgentMessage = Type.Union([
  Hello,
  Proof,
  SeriesTable,
  InventoryMessage,
  SnapshotMessage,
  ClockRequest,
  GapMessage,
  PackagesMessage,
  Bye,
])

export const Challenge = Type.Object(
  {
    type: Type.Literal('challenge'),
    publicKey: PublicKey,
    nonce: Nonce,
    /** Over the transcript with role `hub`: the hub proves itself before the agent says anything of worth. */
    signature: Signature,
    timeMs,
  },
  strict,
)

export const Welcome = Type.Object(
  {
    type: Type.Literal('welcome'),
    hostId: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    timeMs,
    /** The inventory that the hub has, so that the agent sends its own only when it differs. */
    inventoryHash: Type.Union([Type.String(), Type.Null()]),
    /** The list of packages that the hub has; only from `vigie.agent.3` on. */
    packagesHash: Type.Optional(Type.Union([packagesHash, Type.Null()])),
  },
  strict,
)

/** All binary frames up to this one, counted from 1 on this connection, are committed. */
export const Ack = Type.Object(
  { type: Type.Literal('ack'), frames: Type.Integer({ minimum: 1 }) },
  strict,
)

export const ClockReply = Type.Object(
  { type: Type.Literal('clock'), sentMs: Type.Number(), timeMs },
  strict,
)

/** Everything that a hub says to an agent. */
export const HubMessage = Type.Union([Challenge, Welcome, Ack, ClockReply])

export type Hello = Static<typeof Hello>
export type Proof = Static<typeof Proof>
export type SeriesTable = Static<typeof SeriesTable>
export type InventoryMessage = Static<typeof InventoryMessage>
export type GapMessage = Static<typeof GapMessage>
export type PackagesMessage = Static<typeof PackagesMessage>
export type Bye = Static<typeof Bye>
export type Challenge = Static<typeof Challenge>
export type Welcome = Static<typeof Welcome>
export type Ack = Static<typeof Ack>
export type AgentMessage = Static<typeof AgentMessage>
export type HubMessage = Static<typeof HubMessage>
