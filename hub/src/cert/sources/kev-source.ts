// Owns CISA's catalogue of known exploited vulnerabilities: one JSON file, each vulnerability a notice whose reference is its CVE.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { AdvisorySource, WatchFailure } from '../ports.ts'
import { linksOf } from './certfr-json.ts'
import { isoDayMs } from './dates.ts'
import { createFileSource, type FileContent, type FileSourceOptions } from './file-source.ts'
import { MAX_KEV_BYTES, MAX_KEV_ENTRIES, MAX_TITLE_LENGTH } from './limits.ts'
import { plainLine, tidyLine } from './plain-text.ts'
import { SourceFault } from './source-fault.ts'

export const KEV_URL =
  'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'

const MAX_FAILURES = 10
/** The catalogue has no pages for people but one for all; the national database has one a CVE. */
const PAGE_OF = 'https://nvd.nist.gov/vuln/detail/'

const text = Type.Optional(Type.String())
const KevEntry = Type.Object({
  cveID: Type.String(),
  dateAdded: Type.String(),
  vendorProject: text,
  product: text,
  vulnerabilityName: text,
  shortDescription: text,
  requiredAction: text,
  dueDate: text,
  knownRansomwareCampaignUse: text,
  notes: text,
})
type KevEntry = Static<typeof KevEntry>
const KevCatalogue = Type.Object({ vulnerabilities: Type.Array(Type.Unknown()) })

export type KevSourceOptions = Omit<FileSourceOptions, 'url'> & { readonly url?: string }

/** With nothing known, all documents are told: they come with the list, and cost nothing more. */
export function createKevSource({ url = KEV_URL, ...options }: KevSourceOptions): AdvisorySource {
  return createFileSource(
    { id: 'cisa-kev', by: 'data', maxBytes: MAX_KEV_BYTES, parse: kevContentOf },
    { ...options, url },
  )
}

/** @throws {SourceFault} when it is no catalogue. An entry that cannot be read is left out and told. */
export function kevContentOf(body: string): FileContent {
  const documents = new Map<string, AdvisoryDocument>()
  const failures: WatchFailure[] = []
  const entries = entriesOf(body)
  for (const entry of entries.slice(0, MAX_KEV_ENTRIES)) {
    const document = Value.Check(KevEntry, entry) ? documentOf(entry) : undefined
    if (document) documents.set(document.reference, document)
    else if (failures.length < MAX_FAILURES) {
      const detail = `an entry of the catalogue cannot be read: ${JSON.stringify(entry).slice(0, 100)}`
      failures.push({ kind: 'bad-document', detail: tidyLine(detail) })
    }
  }
  return {
    documents: [...documents.values()],
    failures,
    isWhole: entries.length <= MAX_KEV_ENTRIES,
  }
}

function entriesOf(body: string): unknown[] {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (error) {
    throw new SourceFault('bad-document', 'the catalogue is no JSON', { cause: error })
  }
  if (Value.Check(KevCatalogue, json)) return json.vulnerabilities
  throw new SourceFault('bad-document', 'the catalogue has no list of vulnerabilities')
}

function documentOf(entry: KevEntry): AdvisoryDocument | undefined {
  const reference = entry.cveID.trim()
  const publishedMs = isoDayMs(entry.dateAdded)
  if (!/^CVE-\d{4}-\d{4,7}$/.test(reference) || publishedMs === undefined) return undefined
  const vendor = plainLine(entry.vendorProject ?? '', MAX_TITLE_LENGTH)
  const product = plainLine(entry.product ?? '', MAX_TITLE_LENGTH)
  const named = product.startsWith(vendor) ? product : `${vendor} ${product}`.trim()
  return {
    source: 'cisa-kev',
    kind: 'notice',
    reference,
    title: plainLine(entry.vulnerabilityName ?? '', MAX_TITLE_LENGTH) || `${named} ${reference}`,
    url: PAGE_OF + reference,
    publishedMs,
    revisedMs: null,
    closedMs: null,
    risks: /^known$/i.test(entry.knownRansomwareCampaignUse ?? '') ? ['Ransomware'] : [],
    affected:
      named === '' ? [] : [{ text: named, vendor: vendor || null, product: product || null }],
    cves: [reference],
    summary: plainLine(entry.shortDescription ?? '', 10_000),
    solution: plainLine(entry.requiredAction ?? '', 10_000),
    links: linksOf(addressesIn(entry.notes ?? ''), PAGE_OF),
    revisions: [],
  }
}

/** Notes are words and addresses, apart by semicolons. */
function addressesIn(notes: string): { title: string; url: string }[] {
  return notes
    .slice(0, 10_000)
    .split(/[\s;]+/, 100)
    .filter((word) => /^https?:\/\//i.test(word))
    .map((url) => ({ title: url, url }))
}
