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
import type { Match } from './cert/ports.ts'
import type { VerdictChanges } from './cert/watch-ports.ts'
import { createAdvisoryRecords } from './store/advisory-records.ts'
import { createPackageRecords } from './store/package-records.ts'
import { openSqliteReader } from './store/sqlite-reader.ts'
import { createVerdictRecords } from './store/verdict-records.ts'

export interface ComparisonRequest {
  readonly databasePath: string
  /** Where people put product names of their own. */
  readonly dataDirectory: string
}

export interface Comparison {
  readonly changes: VerdictChanges
  readonly ownAliases: number
  /** Why the names of people could not be used. */
  readonly aliasFault: string | null
  /** Hosts whose packages could not be compared; their verdicts stay. */
  readonly unreadable: readonly number[]
}

export default async function compare(request: ComparisonRequest): Promise<Comparison> {
  const { aliases, aliasFault } = await aliasesOf(request.dataDirectory)
  const db = openSqliteReader(request.databasePath)
  try {
    const documents = await createAdvisoryRecords(db).documents()
    const matcher = createMatcher(prepareAdvisories(documents, aliases))
    const matches: Match[] = []
    const unreadable = new Set<number>()
    for await (const host of createPackageRecords(db).each()) {
      try {
        matches.push(...matcher.match(host))
      } catch {
        // One machine that cannot be read is not another's trouble; the hub is told which.
        unreadable.add(host.hostId)
      }
    }
    const kept = (await createVerdictRecords(db).all()).filter(
      ({ hostId }) => !unreadable.has(hostId),
    )
    const changes = verdictChanges(kept, matches)
    return { changes, ownAliases: aliases.own, aliasFault, unreadable: [...unreadable] }
  } finally {
    await db.destroy()
  }
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
