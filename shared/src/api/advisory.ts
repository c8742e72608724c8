// Owns how advisories (of CERT-FR and other sources) and the watch that reads them are told to browsers, the CLI and scripts.
// Absent values are null. Texts of a source are plain text: whatever it wrote, no markup is left in them.
import { Type, type Static } from 'typebox'
import { PackageManager } from '../protocol/packages.ts'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const count = Type.Integer({ minimum: 0 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** `certfr-alerts` and `certfr-notices` are CERT-FR's alertes and avis, `cisa-kev` CISA's known exploited vulnerabilities. */
export const AdvisorySourceId = Type.Union([
  Type.Literal('certfr-alerts'),
  Type.Literal('certfr-notices'),
  Type.Literal('cisa-kev'),
  Type.Literal('debian'),
])
export type AdvisorySourceId = Static<typeof AdvisorySourceId>

/** `alert`: to be acted on today, mailed at once. `notice`: one of several a day, mailed in a digest. */
export const AdvisoryKind = Type.Union([Type.Literal('alert'), Type.Literal('notice')])
export type AdvisoryKind = Static<typeof AdvisoryKind>

/** A system that the advisory names, in its own words, with the product where it says one. */
export const AffectedSystem = Type.Object({
  text: Type.String(),
  vendor: orNull(Type.String()),
  product: orNull(Type.String()),
})
export type AffectedSystem = Static<typeof AffectedSystem>

export const AdvisoryLink = Type.Object({ title: Type.String(), url: Type.String() })
export type AdvisoryLink = Static<typeof AdvisoryLink>

export const AdvisoryRevision = Type.Object({ dateMs: timeMs, text: Type.String() })
export type AdvisoryRevision = Static<typeof AdvisoryRevision>

/** What a source says. Dates without a time of day are midnight UTC. */
export const AdvisoryDocument = Type.Object({
  source: AdvisorySourceId,
  kind: AdvisoryKind,
  /** Its identity, such as CERTFR-2026-ALE-011: all else of it may change. */
  reference: Type.String(),
  title: Type.String(),
  url: Type.String(),
  publishedMs: timeMs,
  revisedMs: orNull(timeMs),
  closedMs: orNull(timeMs),
  risks: Type.Array(Type.String()),
  affected: Type.Array(AffectedSystem),
  cves: Type.Array(Type.String()),
  /** Paragraphs are apart by an empty line. */
  summary: Type.String(),
  solution: Type.String(),
  links: Type.Array(AdvisoryLink),
  /** Oldest first. */
  revisions: Type.Array(AdvisoryRevision),
})
export type AdvisoryDocument = Static<typeof AdvisoryDocument>

/** `check`: the product is there and what is written does not decide. Of those that are `not`, nothing is kept. */
export const Verdict = Type.Union([
  Type.Literal('concerned'),
  Type.Literal('check'),
  Type.Literal('not'),
])
export type Verdict = Static<typeof Verdict>

/** Why a verdict is what it is: a line of the advisory, a package of the host, and the rule that joins them. */
export const Evidence = Type.Object({
  verdict: Verdict,
  /** The affected system's text, or the operating system's name. */
  line: Type.String(),
  package: orNull(
    Type.Object({
      manager: PackageManager,
      name: Type.String(),
      version: Type.String(),
    }),
  ),
  /** A key of `shared/src/advisories/evidence-words.ts`, which says it in words. */
  rule: Type.String(),
  /** The version that is free of it, as written, where there is one. */
  fixedVersion: orNull(Type.String()),
  /** Where the distribution's security data says more than the advisory: of which release and CVE, and its own words. */
  distribution: Type.Optional(
    Type.Object({
      release: Type.String(),
      cve: orNull(Type.String()),
      says: orNull(Type.String()),
    }),
  ),
})
export type Evidence = Static<typeof Evidence>

export const HandledState = Type.Union([Type.Literal('patched'), Type.Literal('not-concerned')])
export type HandledState = Static<typeof HandledState>

export const HandledDraft = Type.Object(
  { state: HandledState, comment: Type.String({ maxLength: 500 }) },
  { additionalProperties: false, $id: 'HandledDraft' },
)
export type HandledDraft = Static<typeof HandledDraft>

export const Handled = Type.Object({
  state: HandledState,
  comment: Type.String(),
  by: Type.String(),
  atMs: timeMs,
})
export type Handled = Static<typeof Handled>

export const Advisory = Type.Object(
  {
    ...AdvisoryDocument.properties,
    /** When the hub first read it, and when what it says last changed. */
    firstSeenMs: timeMs,
    changedMs: timeMs,
    /** It was there when the watch began: nobody was mailed of it. */
    isBaseline: Type.Boolean(),
    /** The source shows it no more. */
    isRemoved: Type.Boolean(),
    /** Hosts by verdict. */
    concerned: count,
    toCheck: count,
    handled: orNull(Handled),
  },
  { $id: 'Advisory' },
)
export type Advisory = Static<typeof Advisory>
export const AdvisoryPage = Type.Object({
  items: Type.Array(Advisory),
  /** To be passed as `before` for the next page; null at the end. */
  nextBefore: orNull(Type.String()),
})
export type AdvisoryPage = Static<typeof AdvisoryPage>

export const HostVerdict = Type.Object({
  hostId: Type.Integer(),
  hostName: Type.String(),
  verdict: Verdict,
  evidence: Type.Array(Evidence),
  /** Since when it has been so. */
  sinceMs: timeMs,
  /** When the host's packages were read. */
  packagesMs: timeMs,
})
export type HostVerdict = Static<typeof HostVerdict>

export const AdvisoryDetail = Type.Object(
  {
    ...Advisory.properties,
    /** The concerned first. */
    hosts: Type.Array(HostVerdict),
  },
  { $id: 'AdvisoryDetail' },
)
export type AdvisoryDetail = Static<typeof AdvisoryDetail>

/** What of one advisory concerns one host. */
export const HostAdvisory = Type.Object({
  advisory: Advisory,
  verdict: Verdict,
  evidence: Type.Array(Evidence),
  sinceMs: timeMs,
})
export type HostAdvisory = Static<typeof HostAdvisory>
export const HostAdvisoryList = Type.Object({ items: Type.Array(HostAdvisory) })

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

export const CertWatch = Type.Object(
  {
    sources: Type.Array(WatchedSource),
    /** Which Chromium is used; null when there is none, and the page says how to get one. */
    browser: orNull(Type.String()),
    /** The newest runs of every source, newest first. */
    runs: Type.Array(WatchRun),
    compared: Type.Object({
      hosts: count,
      packages: count,
      /** Hosts that have told no packages. */
      without: Type.Array(Type.Object({ hostId: Type.Integer(), hostName: Type.String() })),
      /** Product names that were added by hand. */
      ownAliases: count,
      matchedMs: orNull(timeMs),
    }),
  },
  { $id: 'CertWatch' },
)
export type CertWatch = Static<typeof CertWatch>
