// Owns the comparison of advisories with the fleet in a thread of its own: it reads both, and says what is different.
import { verdictChanges } from './cert/matching.ts'
import { createMatcher } from './cert/match/match-hosts.ts'
import { prepareAdvisories } from './cert/match/prepare.ts'
import {
  AliasFileError,
  builtInAliases,
  loadAliases,
  type ProductAliases,
} from './cert/match/product-aliases.ts'
import type { AdvisoryDocument, WhyNot } from '@vigie/shared/api/advisory'
import { DebianJudge } from './cert/match/security-data/debian-judge.ts'
import type { HostSoftware, Match } from './cert/ports.ts'
import { debianPackages } from './cert/sources/debian-data-file.ts'
import type { GoneVerdict, KeptVerdict, VerdictChanges } from './cert/watch-ports.ts'
import { createAdvisoryRecords } from './store/advisory-records.ts'
import { createPackageRecords } from './store/package-records.ts'
import { openSqliteReader } from './store/sqlite-reader.ts'
import { createVerdictRecords } from './store/verdict-records.ts'

export interface ComparisonRequest {
  readonly databasePath: string
  /** Where people put product names of their own. */
  readonly dataDirectory: string
  /** Whose security data is used; undefined where Debian's advisories are not read. */
  readonly debianDataUrl: string | undefined
}

export interface Comparison {
  readonly changes: VerdictChanges
  readonly ownAliases: number
  /** Why the names of people could not be used. */
  readonly aliasFault: string | null
  /** Hosts whose packages could not be compared; their verdicts stay. */
  readonly unreadable: readonly number[]
  /** Of open alerts that concern no host, by reference; empty where no host has told what it has installed. */
  readonly whyNot: ReadonlyMap<string, WhyNot>
}

export default async function compare(request: ComparisonRequest): Promise<Comparison> {
  const { aliases, aliasFault } = await aliasesOf(request.dataDirectory)
  const db = openSqliteReader(request.databasePath)
  try {
    const documents = await createAdvisoryRecords(db).documents()
    const open = new Set(documents.filter(isOpenAlert).map(({ reference }) => reference))
    const debian = await debianJudge(request, documents)
    const matcher = createMatcher(prepareAdvisories(documents, aliases), open, debian)
    const all = await createVerdictRecords(db).all()
    const installed = new InstalledNow(all)
    let hosts = 0
    const matches: Match[] = []
    const unreadable = new Set<number>()
    for await (const host of createPackageRecords(db).each()) {
      hosts++
      installed.look(host)
      try {
        matches.push(...matcher.match(host))
      } catch {
        // One machine that cannot be read is not another's trouble; the hub is told which.
        unreadable.add(host.hostId)
      }
    }
    const kept = all.filter(({ hostId }) => !unreadable.has(hostId))
    const { put, gone } = verdictChanges(kept, matches)
    const changes = { put, gone: gone.map((one) => installed.told(one)) }
    for (const { reference } of matches) open.delete(reference)
    const whyNot = new Map(
      hosts === 0 ? [] : Array.from(open, (reference) => [reference, matcher.whyNot(reference)]),
    )
    return { changes, whyNot, ownAliases: aliases.own, aliasFault, unreadable: [...unreadable] }
  } finally {
    await db.destroy()
  }
}

async function debianJudge(
  { dataDirectory, debianDataUrl }: ComparisonRequest,
  documents: readonly AdvisoryDocument[],
): Promise<DebianJudge | undefined> {
  if (debianDataUrl === undefined) return undefined
  const data = await debianPackages(dataDirectory, debianDataUrl)
  return data && new DebianJudge(data.packages, { documents, readMs: data.readMs })
}

function isOpenAlert({ kind, closedMs }: AdvisoryDocument): boolean {
  return kind === 'alert' && closedMs === null
}

/** What hosts have now of the packages that said why an advisory concerned them. */
class InstalledNow {
  readonly #named = new Map<number, Map<string, string>>()
  readonly #said = new Map<string, NonNullable<KeptVerdict['evidence'][number]['package']>>()

  constructor(kept: readonly KeptVerdict[]) {
    for (const { hostId, reference, evidence } of kept) {
      const said = evidence.find((one) => one.package !== null)?.package
      if (!said) continue
      this.#said.set(`${hostId} ${reference}`, said)
      const named = this.#named.get(hostId) ?? new Map<string, string>()
      this.#named.set(hostId, named.set(keyOf(said), ''))
    }
  }

  look({ hostId, packages }: HostSoftware): void {
    const named = this.#named.get(hostId)
    if (!named) return
    for (const one of packages) {
      const key = keyOf(one)
      if (named.has(key)) named.set(key, one.version)
    }
  }

  told(gone: GoneVerdict): GoneVerdict {
    const { hostId, reference } = gone
    const said = this.#said.get(`${hostId} ${reference}`)
    if (!said) return gone
    const { manager, name, version: was } = said
    const now = this.#named.get(hostId)?.get(keyOf(said)) || null
    return { ...gone, package: { manager, name, was, now } }
  }
}

function keyOf({ manager, name }: { manager: string; name: string }): string {
  return `${manager} ${name}`
}

async function aliasesOf(
  dataDirectory: string,
): Promise<{ aliases: ProductAliases; aliasFault: string | null }> {
  try {
    return { aliases: await loadAliases(dataDirectory), aliasFault: null }
  } catch (error) {
    if (!(error instanceof AliasFileError)) throw error
    return { aliases: builtInAliases(), aliasFault: error.message }
  }
}
