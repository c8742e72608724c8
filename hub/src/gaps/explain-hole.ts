// Owns the rules by which a hole gets its reasons (docs/protocol.md, section "Holes"), and is cut where they change.
import type { GapReason } from '@vigie/shared/api/gap'
import type { Evidence, EvidenceEvent, Hole, Span } from './evidence.ts'
import { firstWhere } from './span-index.ts'

/** A part of a hole with one reason. */
export interface Piece extends Span {
  readonly reason: GapReason
}

/** What claims a time as its own. Where two do, the stronger is believed. */
interface Claim extends Piece {
  readonly strength: number
}
/** The agent's own word of itself is the strongest, then that it was refused, then its word of ticks that had to make room. */
const STRENGTH = {
  told: 7,
  refused: 6,
  droppedAway: 5,
  dropped: 4,
  absent: 3,
  hubAway: 2,
  apart: 1,
  none: 0,
}

/** What is known a moment late (a tick that was still under way, a clock that was a little off) counts all the same. */
const LATE_MS = 2000
/** What is shorter belongs to what is around it: noticing takes a while, and so does coming back. */
const SETTLING_MS = 60_000

/** The reasons of a hole, oldest first: together they cover it, and no two neighbours are the same. */
export function explainHole(hole: Hole, evidence: Evidence): Piece[] {
  const near = nearEvents(hole, evidence.events)
  const noticed = [...absences(hole, near), ...hubAway(hole, evidence), ...separations(hole, near)]
  const sinceJoined = { fromMs: evidence.joinedMs, toMs: Infinity }
  const claims = [
    ...told(hole, evidence),
    ...refused(hole, evidence),
    ...noticed.flatMap((claim) => within(claim, sinceJoined)),
  ]
  return settled(painted(hole, claims))
}

/** What happened during a hole or so close to it that it may be its cause; after it, up to the next tick but one. */
function nearEvents(hole: Hole, events: readonly EvidenceEvent[]): readonly EvidenceEvent[] {
  const fromMs = hole.fromMs - LATE_MS
  const toMs = hole.toMs + hole.stepMs + LATE_MS
  const first = firstWhere(events, ({ timeMs }) => timeMs >= fromMs)
  return events.slice(
    first,
    firstWhere(events, ({ timeMs }) => timeMs >= toMs),
  )
}

/** What the agent says of its own holes. Ticks that had to make room did so because the hub could not be reached. */
function told(hole: Hole, { words, hubAway }: Evidence): Claim[] {
  return words.overlapping(hole).flatMap(({ fromMs, toMs, reason }) => {
    const claim = { fromMs, toMs }
    if (reason !== 'dropped') return [{ ...claim, reason, strength: STRENGTH.told }]
    const { dropped, droppedAway: strength } = STRENGTH
    return [
      ...hubAway
        .overlapping(claim)
        .flatMap((span) => within({ ...span, reason: 'hub-away' as const, strength }, claim)),
      { ...claim, reason: 'network' as const, strength: dropped },
    ]
  })
}

/** Nobody was to come: the host was retired, or its agent's key revoked. */
function refused(hole: Hole, { refusals }: Evidence): Claim[] {
  const { refused: strength } = STRENGTH
  return refusals.overlapping(hole).map((refusal) => ({ ...refusal, strength }))
}

/** The agent's process was not there: until it began, or from its goodbye until it came back. */
function absences(hole: Hole, near: readonly EvidenceEvent[]): Claim[] {
  const goodbye = near.findLast(({ kind, timeMs }) => kind === 'goodbye' && timeMs < hole.toMs)
  const begun = near.findLast(
    ({ kind, timeMs }) =>
      (kind === 'started' || kind === 'booted') && timeMs > (goodbye?.timeMs ?? hole.fromMs),
  )
  if (!begun && !goodbye) return []
  const back = near.find(
    ({ kind, timeMs }) => kind === 'connected' && timeMs > (goodbye?.timeMs ?? Infinity),
  )
  const isReboot =
    goodbye?.detail === 'rebooting' ||
    near.some(({ kind, timeMs }) => kind === 'booted' && timeMs > hole.fromMs)
  const isPaced = near.some(({ kind }) => kind === 'paced')
  return [
    {
      fromMs: hole.fromMs,
      toMs: begun?.timeMs ?? back?.timeMs ?? hole.toMs,
      reason: isReboot ? 'rebooted' : isPaced && !begun ? 'slowed' : 'stopped',
      strength: STRENGTH.absent,
    },
  ]
}

function hubAway(hole: Hole, evidence: Evidence): Claim[] {
  const { hubAway: strength } = STRENGTH
  return evidence.hubAway.overlapping(hole).map((span) => ({
    ...span,
    reason: 'hub-away',
    strength,
  }))
}

/** The hub lost the agent until it came back. While it has not, only a connection that fell silent tells of the network. */
function separations(hole: Hole, near: readonly EvidenceEvent[]): Claim[] {
  const claims: Claim[] = []
  let backMs: number | undefined
  for (const { kind, timeMs, detail } of near.toReversed()) {
    if (kind === 'connected') backMs = timeMs
    if (kind !== 'disconnected' || detail === 'retired' || detail === 'revoked') continue
    if (backMs === undefined && hole.isOpen && detail !== 'timeout') continue
    const toMs = backMs ?? hole.toMs
    claims.push({ fromMs: timeMs, toMs, reason: 'network', strength: STRENGTH.apart })
  }
  return claims
}

/** Each moment of a hole by the strongest claim on it; neighbours with one reason are one. */
function painted(hole: Hole, claims: readonly Claim[]): Claim[] {
  const mine = claims.flatMap((claim) => within(claim, hole)).sort((a, b) => a.fromMs - b.fromMs)
  const lines = [hole.fromMs, hole.toMs, ...mine.flatMap(({ fromMs, toMs }) => [fromMs, toMs])]
  const cuts = [...new Set(lines)].sort((a, b) => a - b)
  let begun = 0
  let claiming: Claim[] = []
  const pieces = cuts.slice(1).map((toMs, index) => {
    const fromMs = cuts[index] ?? toMs
    claiming = claiming.filter((claim) => claim.toMs > fromMs)
    for (let next = mine[begun]; next && next.fromMs <= fromMs; next = mine[++begun]) {
      claiming.push(next)
    }
    const { reason, strength } = claiming.reduce<Omit<Claim, 'fromMs' | 'toMs'>>(stronger, NOBODY)
    return { fromMs, toMs, reason, strength }
  })
  return joined(pieces)
}

const NOBODY = { reason: 'unknown', strength: STRENGTH.none } as const

function stronger<Kind extends { readonly strength: number }>(a: Kind, b: Kind): Kind {
  return b.strength > a.strength ? b : a
}

/** Short pieces join a neighbour, until there are none left that have one to join. */
function settled(pieces: readonly Claim[]): Piece[] {
  const taken = pieces.map((piece, index) => {
    if (isLong(piece)) return piece
    const neighbours = [pieces[index - 1], pieces[index + 1]].filter((each) => each !== undefined)
    const { reason, strength } = ownerOf(piece, neighbours)
    return { ...piece, reason, strength }
  })
  const fewer = joined(taken)
  if (fewer.length < pieces.length) return settled(fewer)
  return fewer.map(({ fromMs, toMs, reason }) => ({ fromMs, toMs, reason }))
}

function isLong({ fromMs, toMs }: Claim): boolean {
  return toMs - fromMs > SETTLING_MS
}

/** Who is stronger. Else a hub that was away for a moment, or a link that broke for one, explains no long hole around it. */
function ownerOf(piece: Claim, neighbours: readonly Claim[]): Claim {
  const strongest = neighbours.reduce(stronger, piece)
  if (strongest !== piece || piece.strength > STRENGTH.hubAway) return strongest
  return neighbours.find(isLong) ?? piece
}

function joined(pieces: readonly Claim[]): Claim[] {
  const together: Claim[] = []
  for (const piece of pieces) {
    const last = together.at(-1)
    if (last?.reason === piece.reason) {
      together[together.length - 1] = {
        ...stronger(last, piece),
        fromMs: last.fromMs,
        toMs: piece.toMs,
      }
    } else together.push(piece)
  }
  return together
}

/** The part of a claim that lies within a time, if there is one. */
function within(claim: Claim, { fromMs, toMs }: { fromMs: number; toMs: number }): Claim[] {
  const part = {
    ...claim,
    fromMs: Math.max(claim.fromMs, fromMs),
    toMs: Math.min(claim.toMs, toMs),
  }
  return part.fromMs < part.toMs ? [part] : []
}
