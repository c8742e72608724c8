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
import { labels, score, type Label } from '../src/cert/match/labelled/score.ts'
import { matchHosts } from '../src/cert/match/match-hosts.ts'
import { prepareAdvisories } from '../src/cert/match/prepare.ts'
import { builtInAliases } from '../src/cert/match/product-aliases.ts'
import { print } from './print.ts'

const ADVISORIES = 400
const HOSTS = 1000
const PACKAGES = 1500

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
quality('cert.', made, labels(), 'made-up advisories and machines, labelled by hand')

const directory = process.env['VIGIE_BENCH_ADVISORIES']
const real = directory === undefined ? [] : realDocuments(directory)
if (real.length > 0) quality('cert.real_', real, realLabels(), 'real documents, labelled by hand')
speed(real.length > 0 ? real : made)

function quality(
  name: string,
  documents: readonly AdvisoryDocument[],
  all: readonly Label[],
  what: string,
): void {
  const matches = matchHosts(prepareAdvisories(documents, aliases), labelledHosts())
  const found = score(all, matches)
  const note = `${found.pairs} pairs, of which ${found.notPairs} are not concerned; ${what}`
  const one = { unit: '1', better: 'higher', note } as const
  print({ ...one, name: `${name}concerned_precision`, value: found.precision })
  print({ ...one, name: `${name}concerned_recall`, value: found.recall })
  for (const wrong of found.wrong) console.error(wrong)
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
