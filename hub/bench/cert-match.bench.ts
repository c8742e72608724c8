// Measures how good verdicts are on the labelled fleet, and how long 400 advisories against a fleet of 1,000 machines take.
// With VIGIE_BENCH_ADVISORIES, a directory of CERT-FR's documents, one JSON document a line, also on real ones.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import type { HostSoftware } from '../src/cert/ports.ts'
import { labelledDocuments } from '../src/cert/match/labelled/documents.ts'
import { labelledHosts } from '../src/cert/match/labelled/hosts.ts'
import { realLabels } from '../src/cert/match/labelled/real-labels.ts'
import { score, type Score } from '../src/cert/match/labelled/score.ts'
import { LABELLED_SETS, realScores, scoreOf } from '../src/cert/match/labelled/sets.ts'
import { createMatcher, matchHosts } from '../src/cert/match/match-hosts.ts'
import { prepareAdvisories } from '../src/cert/match/prepare.ts'
import { builtInAliases } from '../src/cert/match/product-aliases.ts'
import type { DebianFix } from '../src/cert/match/security-data/debian-fix.ts'
import { DebianJudge } from '../src/cert/match/security-data/debian-judge.ts'
import { print } from './print.ts'

const ADVISORIES = 400
const HOSTS = 1000
const PACKAGES = 1500
const DEBIAN_CVES = 200

const Real = Type.Object({
  reference: Type.String(),
  title: Type.String(),
  summary: Type.Union([Type.String(), Type.Null()]),
  affected_systems: Type.Array(
    Type.Object({
      description: Type.String(),
      product: Type.Object({
        name: Type.String(),
        vendor: Type.Object({ name: Type.String() }),
      }),
    }),
  ),
})

const aliases = builtInAliases()
const made = labelledDocuments()
quality('cert.', 'made-up advisories and machines, labelled by hand', [
  ...LABELLED_SETS.map((set) => scoreOf(set, aliases)),
])

const directory = process.env['VIGIE_BENCH_ADVISORIES']
const real = directory === undefined ? [] : realDocuments(directory)
if (real.length > 0) {
  const matches = matchHosts(prepareAdvisories(real, aliases), labelledHosts())
  quality('cert.real_', 'real documents, labelled by hand', [
    score(realLabels(), matches),
    ...realScores(real, aliases),
  ])
}
speed(real.length > 0 ? real : made)

function quality(name: string, what: string, scores: readonly Score[]): void {
  const total = (of: (one: Score) => number): number =>
    scores.reduce((sum, one) => sum + of(one), 0)
  const pairs = total((one) => one.pairs)
  const note = `${pairs} pairs, of which ${total((one) => one.notPairs)} are not concerned; ${what}`
  const right = total((one) => one.right)
  const figure = { unit: '1', better: 'higher', note } as const
  print({
    ...figure,
    name: `${name}concerned_precision`,
    value: right / total((one) => one.said),
  })
  print({
    ...figure,
    name: `${name}concerned_recall`,
    value: right / total((one) => one.concerned),
  })
  for (const wrong of scores.flatMap((one) => one.wrong)) console.error(wrong)
}

function speed(documents: readonly AdvisoryDocument[]): void {
  const advisories = Array.from({ length: ADVISORIES }, (_, index): AdvisoryDocument => {
    const document = documents[index % documents.length] ?? made[0]
    if (!document) throw new Error('no documents')
    return { ...document, reference: `CERTFR-2099-AVI-${String(index).padStart(4, '0')}` }
  })
  const hosts = fleet()
  const startedMs = performance.now()
  const prepared = prepareAdvisories(advisories, aliases)
  const matches = matchHosts(prepared, hosts)
  const tookS = (performance.now() - startedMs) / 1000
  print({
    name: 'cert.match_s',
    value: tookS,
    unit: 's',
    better: 'lower',
    note: `${ADVISORIES} advisories, ${HOSTS} hosts of ${PACKAGES} packages; ${matches.length} matches`,
  })
  speedWithDebian(advisories, hosts)
}

// Every source package of every machine has every CVE, which is more than there ever is.
function speedWithDebian(advisories: readonly AdvisoryDocument[], hosts: HostSoftware[]): void {
  const cves = Array.from({ length: DEBIAN_CVES }, (_, index) => `CVE-2099-${10_000 + index}`)
  const documents = advisories.map((document) => ({ ...document, cves }))
  const versions = ['0', '1.0-1', '99.0-1']
  const fixes = Object.fromEntries(
    cves.map((cve, index): [string, Record<string, DebianFix>] => [
      cve,
      { bookworm: { is: 'fixed', version: versions[index % versions.length] ?? '0' } },
    ]),
  )
  const sources = hosts.flatMap(({ packages }) => packages.map((one) => one.source ?? one.name))
  const packages = Object.fromEntries(
    Array.from(new Set(sources), (source) => [source, { updates: {}, fixes }]),
  )
  const startedMs = performance.now()
  const judge = new DebianJudge(packages, { documents, readMs: 0 })
  const matcher = createMatcher(prepareAdvisories(documents, aliases), new Set(), judge)
  const matches = hosts.flatMap((host) => matcher.match(host))
  const ofDebian = matches.filter(({ evidence }) => evidence.some((one) => one.distribution))
  print({
    name: 'cert.match_debian_s',
    value: (performance.now() - startedMs) / 1000,
    unit: 's',
    better: 'lower',
    note: `the same with Debian's data on ${DEBIAN_CVES} CVEs, which decides on ${ofDebian.length} matches`,
  })
}

// The labelled machines over and over, each with packages of its own beside those that others have.
function fleet(): HostSoftware[] {
  const models = labelledHosts()
  return Array.from({ length: HOSTS }, (_, index): HostSoftware => {
    const model = models[index % models.length] ?? models[0]
    if (!model) throw new Error('no machines')
    const [first] = model.packages
    const packages = [...model.packages]
    while (first && packages.length < PACKAGES) {
      const version = `1.${packages.length % 7}.${index % 40}-1`
      const one: Package = {
        ...first,
        name: `package-${packages.length}`,
        version,
        source: `source-${packages.length >> 1}`,
      }
      packages.push(one)
    }
    return { hostId: index + 1, os: model.os, packages }
  })
}

function realDocuments(from: string): AdvisoryDocument[] {
  return ['alertes.ndjson.gz', 'avis.ndjson.gz']
    .map((name) => join(from, name))
    .filter((file) => existsSync(file))
    .flatMap((file) => gunzipSync(readFileSync(file)).toString('utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => documentOf(Value.Parse(Real, JSON.parse(line))))
}

function documentOf(read: Type.Static<typeof Real>): AdvisoryDocument {
  return {
    source: 'certfr-notices',
    kind: 'notice',
    reference: read.reference,
    title: read.title,
    url: '',
    publishedMs: 0,
    revisedMs: null,
    closedMs: null,
    risks: [],
    affected: read.affected_systems.map(({ description, product }) => ({
      text: description,
      vendor: product.vendor.name,
      product: product.name,
    })),
    cves: [],
    summary: read.summary ?? '',
    solution: '',
    links: [],
    revisions: [],
  }
}
