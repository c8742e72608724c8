// Owns what Debian's security data makes of the evidence that advisories' own words gave, on machines that run Debian.
import type { AdvisoryDocument, Evidence } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import type { HostSoftware } from '../../ports.ts'
import { isMakersBuild } from '../package-build.ts'
import type { ProductAlias } from '../product-aliases.ts'
import type { HostRelease } from '../release/host-release.ts'
import { prepareDebianData, type DebianData } from './debian-data.ts'
import {
  debianCodename,
  debianDecision,
  sourceOf,
  type DebianDecision,
  type DebianQuestion,
} from './debian-decision.ts'
import { decided } from './debian-evidence.ts'
import type { DebianPackages } from './debian-fix.ts'

/** Whose package the evidence is of. */
interface Judged {
  readonly reference: string
  readonly package: Package
  readonly alias?: ProductAlias
  readonly isMakers?: boolean
}

/** Undefined: it is fixed, or never was there. */
export type Settle = (evidence: Evidence | undefined, of: Judged) => Evidence | undefined

/** Where nothing says more than the advisory. */
export const unsettled: Settle = (evidence) => evidence

export class DebianJudge {
  readonly #data: DebianData
  readonly #questions: ReadonlyMap<string, DebianQuestion>
  readonly #known = new Map<string, DebianDecision | undefined>()

  /** What `documents` do not ask for is not kept of `packages`. */
  constructor(
    packages: DebianPackages,
    { documents, readMs }: { documents: readonly AdvisoryDocument[]; readMs: number },
  ) {
    const cves = new Set(documents.flatMap((document) => document.cves))
    this.#data = prepareDebianData(packages, { cves, readMs })
    this.#questions = questionsOf(documents)
  }

  /** For machines with this system. */
  on(os: HostSoftware['os'], release: HostRelease): Settle {
    const codename = debianCodename(os, release)
    if (codename === undefined) return unsettled
    return (evidence, { reference, package: one, alias, isMakers = false }) => {
      if (!evidence || isMakers || isMakersBuild(one, alias)) return evidence
      return decided(evidence, this.#decide(reference, one, codename), codename)
    }
  }

  #decide(reference: string, one: Package, codename: string): DebianDecision | undefined {
    const asked = sourceOf(one)
    const question = this.#questions.get(reference)
    if (!asked || !question) return undefined
    const memo = `${reference} ${codename} ${asked.source} ${asked.version}`
    if (!this.#known.has(memo)) {
      this.#known.set(memo, debianDecision(this.#data, question, { ...asked, codename }))
    }
    return this.#known.get(memo)
  }
}

function questionsOf(documents: readonly AdvisoryDocument[]): Map<string, DebianQuestion> {
  const newest = new Map<string, number>()
  for (const document of documents) {
    const { source, number } = ownNotice(document) ?? {}
    if (source === undefined || number === undefined) continue
    newest.set(source, Math.max(newest.get(source) ?? 0, number))
  }
  return new Map(
    documents.map((document) => {
      const { reference, cves, publishedMs } = document
      const own = ownNotice(document)
      if (!own) return [reference, { cves }]
      const { source, number } = own
      const isNewest = number === newest.get(source)
      return [reference, { cves, ownNotice: { source, publishedMs, isNewest } }]
    }),
  )
}

// "DSA-6012-1 nncp - security update": the source package stands in its title.
function ownNotice({ source, title }: AdvisoryDocument) {
  const [, number, name] = /^DSA-(\d{1,6})(?:-\d+)? (\S+)/.exec(title) ?? []
  if (source !== 'debian' || number === undefined || name === undefined) return undefined
  return { source: name, number: Number(number) }
}
