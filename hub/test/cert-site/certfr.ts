// Owns reading the replica as the hub reads the real site, run after run, with what earlier runs have made known.
import { findChromium } from '../../src/cert/browser/find-chromium.ts'
import type { AdvisorySource, KnownAdvisory, Reading } from '../../src/cert/ports.ts'
import { UnreadableSourceError } from '../../src/cert/ports.ts'
import {
  createCertfrSource,
  type CertfrSourceOptions,
} from '../../src/cert/sources/certfr-source.ts'
import { CertSite } from './cert-site.ts'

export interface CertfrRuns {
  readonly source: AdvisorySource
  readonly known: Map<string, KnownAdvisory>
  /** Reads, and keeps what was read as known. */
  readonly read: (signal?: AbortSignal) => Promise<Reading>
  /** The error of a reading that could not see. */
  readonly fails: () => Promise<UnreadableSourceError>
}

export function certfr(site: CertSite, options: Partial<CertfrSourceOptions> = {}): CertfrRuns {
  const known = new Map<string, KnownAdvisory>()
  const source = createCertfrSource({
    id: 'certfr-alerts',
    baseUrl: site.url,
    browser: () => findChromium(),
    version: '1.2.3',
    contactUrl: 'https://vigie.example/contact',
    ...options,
  })
  return {
    source,
    known,
    async read(signal = new AbortController().signal) {
      const reading = await source.read(known, signal)
      const documents = new Set(reading.documents.map(({ reference }) => reference))
      for (const { reference, listHash, isClosed } of reading.listed) {
        const isReadNow = documents.has(reference) && listHash !== ''
        const isRead = isReadNow || (known.get(reference)?.isRead ?? false)
        known.set(reference, { reference, listHash, isClosed, isRead })
      }
      return reading
    },
    async fails() {
      const outcome = await source
        .read(known, new AbortController().signal)
        .catch((e: unknown) => e)
      if (outcome instanceof UnreadableSourceError) return outcome
      throw new Error('it could be read', { cause: outcome })
    },
  }
}

let firstKnown: Promise<ReadonlyMap<string, KnownAdvisory>> | undefined

/** A site whose advisories have been read; what is known of them has nothing of their address, and is read once a file. */
export async function watchedSite(
  options: Partial<CertfrSourceOptions> = {},
): Promise<CertfrRuns & { readonly site: CertSite }> {
  const site = await CertSite.start()
  firstKnown ??= firstReading(site)
  const runs = certfr(site, options)
  for (const [reference, known] of await firstKnown) runs.known.set(reference, known)
  site.requests.length = 0
  return { site, ...runs }
}

async function firstReading(site: CertSite): Promise<ReadonlyMap<string, KnownAdvisory>> {
  const { read, known } = certfr(site)
  await read()
  return known
}
