// Owns the rules by which a hole gets its reasons (docs/protocol.md, section "Holes"), and is cut where they change.
import type { GapReason } from '@vigie/shared/api/gap'
import type { Evidence, EvidenceEvent, EvidenceRun, Hole } from './evidence.ts'

/** A part of a hole with one reason. */
export interface Piece {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: GapReason
}

/** What claims a time as its own. Where two do, the stronger is believed: `told` is the agent's own word. */
interface Claim extends Piece {
  readonly strength: number
}
const STRENGTH = { told: 4, absent: 3, hubAway: 2, apart: 1, none: 0 }

/** What is known a moment late (a tick that was still under way, a clock that was a little off) counts all the same. */
const LATE_MS = 2000
/** What is shorter belongs to what is around it: noticing takes a while, and so does coming back. */
const SETTLING_MS = 60_000
/** How much longer than its last sign of life a hub may have lived; it gives one every ten seconds. */
const HEARTBEAT_MS = 10_000

/** The reasons of a hole, oldest first: together they cover it, and no two neighbours are the same. */
export function explainHole(hole: Hole, evidence: Evidence): Piece[] {
  const near = nearEvents(hole, evidence.events)
  const claims = [
    ...told(evidence),
    ...absences(hole, near),
    ...hubAbsences(evidence.hubRuns, hole.toMs),
    ...separations(hole, near),
  ]
  return settled(painted(hole, claims))
}

/** What happened during a hole or so close to it that it may be its cause; after it, up to the next tick but one. */
function nearEvents(hole: Hole, events: readonly EvidenceEvent[]): readonly EvidenceEvent[] {
  const first = firstFrom(events, hole.fromMs - LATE_MS)
  return events.slice(first, firstFrom(events, hole.toMs + hole.stepMs + LATE_MS))
}

/** Index of the first event at `timeMs` or later. */
function firstFrom(events: readonly EvidenceEvent[], timeMs: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.timeMs ?? Infinity) < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

/** What the agent says of its own holes. Ticks that had to make room did so because the hub could not be reached. */
function told({ words, hubRuns }: Evidence): Claim[] {
  return words.flatMap(({ fromMs, toMs, reason }) => {
    const claim = { fromMs, toMs, strength: STRENGTH.told }
    if (reason !== 'dropped') return [{ ...claim, reason }]
    const hubAway = hubAbsences(hubRuns, toMs).flatMap((away) => within(away, claim))
    return [
      ...hubAway.map((away) => ({ ...away, strength: STRENGTH.told })),
      { ...claim, reason: 'network' as const },
    ]
  })
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
  return [
    {
      fromMs: hole.fromMs,
      toMs: begun?.timeMs ?? back?.timeMs ?? hole.toMs,
      reason: isReboot ? 'rebooted' : 'stopped',
      strength: STRENGTH.absent,
    },
  ]
}

/** When no hub ran, up to `untilMs`; before the first run that is known, nothing is known. */
function hubAbsences(hubRuns: readonly EvidenceRun[], untilMs: number): Claim[] {
  return hubRuns.map((run, index) => ({
    fromMs: run.stoppedMs ?? run.heartbeatMs + HEARTBEAT_MS,
    toMs: hubRuns[index + 1]?.startedMs ?? untilMs,
    reason: 'hub-away',
    strength: STRENGTH.hubAway,
  }))
}

/** The hub lost the agent until it came back. While it has not, only a connection that fell silent tells of the network. */
function separations(hole: Hole, near: readonly EvidenceEvent[]): Claim[] {
  return near.flatMap((event, index) => {
    if (event.kind !== 'disconnected') return []
    const back = near.slice(index).find(({ kind }) => kind === 'connected')
    if (!back && hole.isOpen && event.detail !== 'timeout') return []
    const toMs = back?.timeMs ?? hole.toMs
    return [{ fromMs: event.timeMs, toMs, reason: 'network', strength: STRENGTH.apart }]
  })
}

/** Each moment of a hole by the strongest claim on it; neighbours with one reason are one. */
function painted(hole: Hole, claims: readonly Claim[]): Claim[] {
  const mine = claims.flatMap((claim) => within(claim, hole))
  const lines = [hole.fromMs, hole.toMs, ...mine.flatMap(({ fromMs, toMs }) => [fromMs, toMs])]
  const cuts = [...new Set(lines)].sort((a, b) => a - b)
  const pieces = cuts.slice(1).map((toMs, index) => {
    const fromMs = cuts[index] ?? toMs
    const owner = mine
      .filter((claim) => claim.fromMs <= fromMs && claim.toMs >= toMs)
      .reduce<Omit<Claim, 'fromMs' | 'toMs'>>(stronger, NOBODY)
    return { fromMs, toMs, reason: owner.reason, strength: owner.strength }
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
