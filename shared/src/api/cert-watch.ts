// Owns how the watch that reads advisories is told: its sources, its runs and their failures, and what it compares.
import { Type, type Static } from 'typebox'
import { AdvisorySourceId } from './advisory.ts'
import { PackageLack } from './package-list.ts'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const count = Type.Integer({ minimum: 0 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** Why a source could not be read; each has words of its own. */
export const WatchFailureKind = Type.Union([
  Type.Literal('no-cards'),
  Type.Literal('blank-title'),
  Type.Literal('bad-reference'),
  Type.Literal('bad-date'),
  Type.Literal('went-backwards'),
  Type.Literal('feed-disagrees'),
  Type.Literal('http-error'),
  Type.Literal('certificate-error'),
  Type.Literal('unreachable'),
  Type.Literal('proxy-error'),
  Type.Literal('maintenance'),
  Type.Literal('challenge'),
  Type.Literal('too-large'),
  Type.Literal('bad-document'),
  Type.Literal('disallowed'),
  Type.Literal('deadline'),
  Type.Literal('no-browser'),
  Type.Literal('browser-died'),
])
export type WatchFailureKind = Static<typeof WatchFailureKind>

/** A run of one source. `partly`: read, by a fallback or with something that is wrong. */
export const WatchRun = Type.Object(
  {
    id: Type.Integer(),
    source: AdvisorySourceId,
    startedMs: timeMs,
    tookMs: count,
    outcome: Type.Union([Type.Literal('well'), Type.Literal('partly'), Type.Literal('failed')]),
    /** What it read from. */
    by: orNull(Type.Union([Type.Literal('page'), Type.Literal('feed'), Type.Literal('data')])),
    read: count,
    added: Type.Array(Type.String()),
    changed: Type.Array(Type.String()),
    failures: Type.Array(
      Type.Object({
        kind: WatchFailureKind,
        detail: Type.String(),
        hasScreenshot: Type.Boolean(),
        hasPage: Type.Boolean(),
      }),
    ),
  },
  { $id: 'WatchRun' },
)
export type WatchRun = Static<typeof WatchRun>

export const WatchedSource = Type.Object({
  source: AdvisorySourceId,
  isOn: Type.Boolean(),
  url: Type.String(),
  isRunning: Type.Boolean(),
  nextRunMs: orNull(timeMs),
  /** Runs that failed in a row; 0 when the last one saw. */
  failedInARow: count,
  wellSinceMs: orNull(timeMs),
  lastChangeMs: orNull(timeMs),
})
export type WatchedSource = Static<typeof WatchedSource>

/** A host of which too little is known to say that an advisory does not concern it. */
export const UncomparedHost = Type.Object({
  hostId: Type.Integer(),
  hostName: Type.String(),
  lacks: Type.Array(PackageLack),
})
export type UncomparedHost = Static<typeof UncomparedHost>

export const CertWatch = Type.Object(
  {
    sources: Type.Array(WatchedSource),
    /** Which Chromium is used; null when there is none, and the page says how to get one. */
    browser: orNull(Type.String()),
    /** The newest runs of every source, newest first. */
    runs: Type.Array(WatchRun),
    /** From the reading of a new alert to its first mail that was accepted, over 30 days; null when there was none. */
    mailDelay: orNull(Type.Object({ medianMs: count, alerts: count })),
    compared: Type.Object({
      hosts: count,
      packages: count,
      /** Hosts that cannot be compared whole; those that have told something count among the `hosts`, too. */
      without: Type.Array(UncomparedHost),
      /** Product names that were added by hand. */
      ownAliases: count,
      matchedMs: orNull(timeMs),
      /** When the packages of hosts last changed: of the host that changed longest ago, and of the latest. */
      oldestListMs: orNull(timeMs),
      newestListMs: orNull(timeMs),
      /** Debian's security data: when the hub last read it, or heard that it is the same; null where it is not in use. */
      debian: Type.Optional(orNull(Type.Object({ readMs: timeMs, packages: count, fixes: count }))),
    }),
  },
  { $id: 'CertWatch' },
)
export type CertWatch = Static<typeof CertWatch>
