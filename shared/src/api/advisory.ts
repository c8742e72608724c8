// Owns how advisories (of CERT-FR and other sources) are told to browsers, the CLI and scripts. Absent values are null. Texts of a source are plain text: whatever it wrote, no markup is left in them.
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
  /** The model of the host's processor, where the line is on processors. */
  processor: Type.Optional(Type.String()),
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

const words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** `to` is a person or a team, in the words of whoever hands it over. */
export const AdvisoryHandOver = Type.Object(
  { to: words(120), text: Type.Optional(words(2000)) },
  { additionalProperties: false, $id: 'AdvisoryHandOver' },
)
export type AdvisoryHandOver = Static<typeof AdvisoryHandOver>

/** Who has an advisory, before it is dealt with. */
export const AdvisoryOwner = Type.Object({ name: Type.String(), sinceMs: timeMs })
export type AdvisoryOwner = Static<typeof AdvisoryOwner>

/**
 * Why an advisory concerns no host. `not-installed`: no host has what it names. `other-version`: hosts have it, in versions
 * that it does not name. `nothing-found`: it says nothing that could be compared, or nothing that says more.
 */
export const WhyNot = Type.Object({
  reason: Type.Union([
    Type.Literal('not-installed'),
    Type.Literal('other-version'),
    Type.Literal('nothing-found'),
  ]),
  /** Of `other-version`: the package that most hosts have, its lowest and highest version, on how many hosts. */
  package: orNull(
    Type.Object({
      name: Type.String(),
      lowest: Type.String(),
      highest: Type.String(),
      hosts: count,
    }),
  ),
})
export type WhyNot = Static<typeof WhyNot>

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
    owner: orNull(AdvisoryOwner),
    handled: orNull(Handled),
    /** Of an open alert that concerns no host; null while that is not known. */
    whyNot: orNull(WhyNot),
    /** Hosts of the fleet that cannot be compared whole: that it does not concern them is not known. */
    uncompared: count,
  },
  { $id: 'Advisory' },
)
export type Advisory = Static<typeof Advisory>

/** How many advisories of a source and of these words there are. */
export const AdvisoryCounts = Type.Object({
  /** That concern a host, or may. */
  concern: count,
  /** Alerts that are open. */
  open: count,
  all: count,
})
export type AdvisoryCounts = Static<typeof AdvisoryCounts>

export const AdvisoryPage = Type.Object({
  items: Type.Array(Advisory),
  /** Whatever `kind`, `state` and `concerns` leave out; null on further pages. */
  counts: orNull(AdvisoryCounts),
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

/** A host that an open alert concerned, or may have, and does no more. */
export const PastVerdict = Type.Object({
  hostId: Type.Integer(),
  hostName: Type.String(),
  /** What it was. */
  verdict: Verdict,
  /** Since when it is so no more. */
  goneMs: timeMs,
  /** The package that said so, as it was and as it is; `now` is null where it is gone. Null where no package did. */
  package: orNull(
    Type.Object({
      manager: PackageManager,
      name: Type.String(),
      was: Type.String(),
      now: orNull(Type.String()),
    }),
  ),
})
export type PastVerdict = Static<typeof PastVerdict>

/** What was told of an advisory, and how its mails fared. `begun`: in the mail that said that the watch is on. */
export const AdvisoryTold = Type.Object({
  what: Type.Union([
    Type.Literal('added'),
    Type.Literal('revised'),
    Type.Literal('closed'),
    Type.Literal('concerned'),
    Type.Literal('begun'),
  ]),
  isDigest: Type.Boolean(),
  /** When it was learnt. */
  learntMs: timeMs,
  /** When its mails were written; null while that is to come. */
  writtenMs: orNull(timeMs),
  /** How many were mailed, and what became of their mails. Mails are forgotten after ninety days. */
  mails: count,
  delivered: count,
  failed: count,
  /** When the first and the last of them were accepted. */
  firstMs: orNull(timeMs),
  lastMs: orNull(timeMs),
})
export type AdvisoryTold = Static<typeof AdvisoryTold>

/** What people did about an advisory. */
export const AdvisoryEntry = Type.Object({
  timeMs,
  kind: Type.Union([
    Type.Literal('taken'),
    Type.Literal('handed-over'),
    Type.Literal('handled'),
    Type.Literal('undone'),
  ]),
  who: Type.String(),
  /** To whom it was handed over. */
  to: orNull(Type.String()),
  /** Their words. */
  text: orNull(Type.String()),
  state: orNull(HandledState),
})
export type AdvisoryEntry = Static<typeof AdvisoryEntry>

export const AdvisoryDetail = Type.Object(
  {
    ...Advisory.properties,
    /** The concerned first. */
    hosts: Type.Array(HostVerdict),
    /** Of an open alert, by name. */
    past: Type.Array(PastVerdict),
    /** Oldest first. */
    told: Type.Array(AdvisoryTold),
    /** Oldest first, the newest 100. */
    entries: Type.Array(AdvisoryEntry),
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
