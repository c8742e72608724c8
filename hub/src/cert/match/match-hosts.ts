// Owns which machines advisories concern. Work on equal packages and equal systems is done once.
import type { Evidence, WhyNot } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import type { HostSoftware, Match } from '../ports.ts'
import { judgeProduct, type InstalledPackage, type ProductClaim } from './judge-product.ts'
import { judgeRelease } from './judge-release.ts'
import type { NoticeClaim, PreparedAdvisory, ProductGroup } from './prepare.ts'
import type { InstalledProduct } from './product-index.ts'
import { judgeProcessor } from './processors.ts'
import { programKeys } from './program-name.ts'
import { hostRelease, type HostRelease } from './release/host-release.ts'
import { runsRelease } from './release/named-release.ts'
import { evidenceOf, strongestFirst } from './rules.ts'
import { runningKernel, type RunningKernel } from './running-kernel.ts'
import { unsettled, type DebianJudge, type Settle } from './security-data/debian-judge.ts'
import { SeenPackages } from './seen-packages.ts'
import { contains } from './text/version-range.ts'
import { compareUpstream, upstreamOf } from './versions/upstream.ts'

/** More pieces of evidence of one match are not kept. */
export const MAX_EVIDENCE = 20

/** Every pair of advisory and machine whose verdict is not `not`. A machine that cannot be read is left out and told. */
export function matchHosts(
  prepared: readonly PreparedAdvisory[],
  hosts: Iterable<HostSoftware>,
  onProblem?: (hostId: number, error: unknown) => void,
): Match[] {
  const matcher = createMatcher(prepared)
  const matches: Match[] = []
  for (const host of hosts) {
    try {
      matches.push(...matcher.match(host))
    } catch (error) {
      onProblem?.(host.hostId, error)
    }
  }
  return matches
}

export interface Matcher {
  /** The advisories that concern a machine or that it is to be checked for. */
  match(host: HostSoftware): Match[]
  /** Why an advisory that was asked for concerns none of them. */
  whyNot(reference: string): WhyNot
}

/**
 * For machines that come one by one: what is worked out for one serves the next. Of those `asked` for it is kept why not.
 * Where `debian` is left out, what Debian has fixed is to be checked.
 */
export function createMatcher(
  prepared: readonly PreparedAdvisory[],
  asked: ReadonlySet<string> = new Set(),
  debian?: DebianJudge,
): Matcher {
  return new FleetMatcher(prepared, asked, debian)
}

// Ubuntu's packages that only point at a snap.
const IS_A_POINTER = /^(?:\d+:)?\d+snap\d/

interface IndexedGroup {
  readonly reference: string
  readonly group: ProductGroup
  /** By platform and package. */
  readonly known: Map<string, Evidence | undefined>
}

interface RelevantNotice {
  readonly reference: string
  readonly notice: NoticeClaim
  readonly isEditionOpen: boolean
}

/** A package of a machine, as the product that groups ask for. */
interface Present extends InstalledPackage {
  readonly key: string
  readonly number?: string
}

class FleetMatcher implements Matcher {
  readonly #prepared: readonly PreparedAdvisory[]
  readonly #groups = new Map<string, IndexedGroup[]>()
  readonly #asked = new Set<string>()
  readonly #products = new Map<
    string,
    readonly (readonly [string, InstalledProduct | undefined])[]
  >()
  readonly #notices = new Map<string, readonly RelevantNotice[]>()
  readonly #seen: SeenPackages
  readonly #debian: DebianJudge | undefined

  constructor(
    prepared: readonly PreparedAdvisory[],
    asked: ReadonlySet<string>,
    debian: DebianJudge | undefined,
  ) {
    this.#prepared = prepared
    this.#debian = debian
    this.#seen = new SeenPackages(asked)
    for (const { reference, groups, notices } of prepared) {
      for (const group of groups) {
        const list = this.#groups.get(group.key) ?? []
        list.push({ reference, group, known: new Map() })
        this.#groups.set(group.key, list)
        this.#asked.add(group.key)
      }
      for (const { product, packageName } of notices) {
        if (product) this.#asked.add(product.alias.id)
        if (packageName !== undefined) this.#asked.add(`=${packageName}`)
      }
    }
  }

  match(host: HostSoftware): Match[] {
    const release = hostRelease(host.os)
    const settle = this.#debian?.on(host.os, release) ?? unsettled
    const running = runningKernel(host.os.kernel, host.packages)
    const present = this.#present(host.packages)
    const found = new Map<string, Evidence[]>()
    const add = (reference: string, evidence: Evidence | undefined): void => {
      if (!evidence) return
      const list = found.get(reference)
      if (list) list.push(evidence)
      else found.set(reference, [evidence])
    }
    this.#matchProducts(present, { release, hostId: host.hostId, settle }, add)
    for (const relevant of this.#relevant(release)) {
      const evidence = judgeNotice(relevant, { release, host, present, running, settle })
      add(relevant.reference, evidence)
      if (!evidence) this.#noteNotice(relevant, host.hostId, present)
    }
    for (const { reference, kernel, processors } of this.#prepared) {
      if (processors.length > 0) add(reference, judgeProcessor(processors, host.processor))
      const evidence = kernel.length > 0 ? judgeLinux(kernel, release, running) : undefined
      const { booted } = running
      add(reference, booted ? settle(evidence, { reference, package: booted }) : evidence)
    }
    return Array.from(found, ([reference, evidence]) => toMatch(reference, host.hostId, evidence))
  }

  whyNot(reference: string): WhyNot {
    const one = this.#prepared.find((each) => each.reference === reference)
    const claims = one ? one.groups.length + one.notices.length : 0
    const isOther = one !== undefined && one.kernel.length + one.processors.length > 0
    return this.#seen.whyNot(reference, claims > 0 && !isOther)
  }

  #noteNotice(
    { reference, notice }: RelevantNotice,
    hostId: number,
    present: ReadonlyMap<string, readonly Present[]>,
  ): void {
    const key = noticeKey(notice)
    if (key === undefined) this.#seen.noteSystem(reference)
    else for (const one of present.get(key) ?? []) this.#seen.note(reference, hostId, one.package)
  }

  #matchProducts(
    present: ReadonlyMap<string, readonly Present[]>,
    host: { release: HostRelease; hostId: number; settle: Settle },
    add: (reference: string, evidence: Evidence | undefined) => void,
  ): void {
    const { hostId, settle } = host
    const { platform } = host.release
    for (const [key, packages] of present) {
      for (const { reference, group, known } of this.#groups.get(key) ?? []) {
        for (const candidate of packages) {
          const one = askedFor(candidate, group)
          if (!one) continue
          const memo = `${platform} ${one.key}`
          if (!known.has(memo)) known.set(memo, judgeProduct(group.claims, one, platform))
          const said = known.get(memo)
          const evidence = said && settle(said, { ...one, reference })
          if (!evidence) this.#seen.note(reference, hostId, one.package)
          add(reference, evidence)
        }
      }
    }
  }

  // Packages by the products that an advisory asks for.
  #present(packages: readonly Package[]): Map<string, Present[]> {
    const present = new Map<string, Present[]>()
    for (const one of packages) {
      const products = this.#productsOf(one)
      if (products.length === 0 || IS_A_POINTER.test(one.version)) continue
      const key = `${one.manager} ${one.name} ${one.version} ${one.sourceVersion ?? ''} ${one.origin ?? ''}`
      for (const [id, product] of products) {
        const list = present.get(id) ?? []
        const number = product?.number
        const base = { package: one, key, isMakers: product?.isMakers ?? false }
        list.push({
          ...base,
          ...(product && { alias: product.alias }),
          ...(number !== undefined && { number }),
        })
        present.set(id, list)
      }
    }
    return present
  }

  #productsOf(one: Package): readonly (readonly [string, InstalledProduct | undefined])[] {
    const memo = `${one.manager} ${one.name} ${one.source ?? ''} ${one.origin ?? ''}`
    const known = this.#products.get(memo)
    if (known) return known
    const index = this.#prepared[0]?.products
    const found: (readonly [string, InstalledProduct | undefined])[] = (index?.installed(one) ?? [])
      .filter(({ alias }) => this.#asked.has(alias.id))
      .map((product) => [product.alias.id, product] as const)
    for (const key of ownNames(one)) if (this.#asked.has(key)) found.push([key, undefined])
    this.#products.set(memo, found)
    return found
  }

  #relevant(release: HostRelease): readonly RelevantNotice[] {
    const { family, architecture, edition, windows } = release
    const memo = `${family} ${release.release} ${edition} ${architecture} ${windows?.product ?? ''} ${windows?.version ?? ''}`
    const known = this.#notices.get(memo)
    if (known) return known
    const relevant = this.#prepared.flatMap(({ reference, notices }) =>
      notices.flatMap((notice): RelevantNotice[] => {
        const runs = runsRelease(release, notice.named)
        return runs === 'no' ? [] : [{ reference, notice, isEditionOpen: runs === 'edition' }]
      }),
    )
    this.#notices.set(memo, relevant)
    return relevant
  }
}

// What an advisory may call it where no alias does.
function ownNames(one: Package): Set<string> {
  const { manager, name, source } = one
  if (manager === 'windows' || manager === 'winget') return new Set(programKeys(one))
  const names = [name.toLowerCase(), source?.toLowerCase() ?? ''].filter((each) => each !== '')
  return new Set([...names.map((each) => `=${each}`), ...programKeys(one)])
}

/** The package as the group asks for it; undefined when it is another product. */
function askedFor(one: Present, { key, number, vendor }: ProductGroup): Present | undefined {
  if (number !== undefined && one.number !== undefined && number !== one.number) return undefined
  if (one.alias) return one
  const { name, origin } = one.package
  const [word = ''] = vendor.split(' ')
  const isVendors = word !== '' && `${name} ${origin ?? ''}`.toLowerCase().includes(word)
  if (isVendors) return { ...one, isMakers: true, key: `${one.key} ${word}` }
  // A program's name may be anybody's. A distribution's package is named for the one product that it is.
  return key.startsWith('~') ? undefined : one
}

// Undefined for one that is about the system itself.
function noticeKey({
  product,
  packageName,
}: Pick<NoticeClaim, 'product' | 'packageName'>): string | undefined {
  return product ? product.alias.id : packageName && `=${packageName}`
}

function judgeNotice(
  { reference, notice, isEditionOpen }: RelevantNotice,
  facts: {
    release: HostRelease
    host: HostSoftware
    running: RunningKernel
    present: ReadonlyMap<string, readonly Present[]>
    settle: Settle
  },
): Evidence | undefined {
  const affected = (facts.present.get(noticeKey(notice) ?? '') ?? []).map((one) => one.package)
  const { packages } = facts.host
  return judgeRelease(notice, {
    host: facts.release,
    running: facts.running,
    isEditionOpen,
    packages,
    affected,
    settle: (evidence, one) => facts.settle(evidence, { reference, package: one }),
  })
}

// A distribution's kernel has its makers' number, and fixes of its own.
function judgeLinux(
  claims: readonly ProductClaim[],
  { platform, kernel }: HostRelease,
  { booted, installed }: RunningKernel,
): Evidence | undefined {
  if (platform !== 'linux') return undefined
  if (!installed) return undefined
  const version = booted ? upstreamOf(booted.version, booted.manager) : kernel.replace(/-.*/s, '')
  const claim = claims.find(
    ({ line }) => contains(line.range, version, compareUpstream) !== 'outside',
  )
  if (!claim) return undefined
  return evidenceOf({ rule: 'backport', line: claim.written, package: booted ?? installed })
}

function toMatch(reference: string, hostId: number, found: readonly Evidence[]): Match {
  const evidence = strongestFirst(found).slice(0, MAX_EVIDENCE)
  const isConcerned = evidence[0]?.verdict === 'concerned'
  return { reference, hostId, verdict: isConcerned ? 'concerned' : 'check', evidence }
}
