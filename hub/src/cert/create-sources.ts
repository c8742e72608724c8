// Owns which sources there are, and which of them a hub reads.
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'
import type { Clock } from '../clock.ts'
import { findChromium } from './browser/find-chromium.ts'
import type { AdvisorySource } from './ports.ts'
import { createCertfrSource } from './sources/certfr-source.ts'
import { createDebianData } from './sources/debian-data.ts'
import { createDebianSource } from './sources/debian-source.ts'
import { createKevSource } from './sources/kev-source.ts'

export interface SourceSettings {
  readonly certSources: readonly AdvisorySourceId[]
  readonly certUrl: URL
  readonly certContactUrl: URL | undefined
  readonly debianDataUrl: URL
  /** Where Debian's security data is kept. */
  readonly dataDirectory: string
  readonly publicUrl: URL | undefined
  readonly chromiumFile: string | undefined
}

export interface Sources {
  readonly on: readonly AdvisorySource[]
  readonly off: readonly { readonly source: AdvisorySourceId; readonly url: string }[]
  /** The Chromium that pages are read with, as it is now; undefined when there is none. */
  readonly browser: () => string | undefined
}

/** `version` is the hub's, which each request names. */
export function createSources(
  settings: SourceSettings,
  { version, clock }: { version: string; clock: Clock },
): Sources {
  const { certSources, certUrl, chromiumFile } = settings
  const browser = (): string | undefined =>
    findChromium({ ...process.env, ...(chromiumFile && { VIGIE_CHROMIUM: chromiumFile }) })
  const identity = { version, contactUrl: (settings.certContactUrl ?? settings.publicUrl)?.href }
  const certfr = (id: 'certfr-alerts' | 'certfr-notices'): AdvisorySource =>
    createCertfrSource({ ...identity, id, baseUrl: certUrl.href, browser })
  const { debianDataUrl, dataDirectory } = settings
  const data = createDebianData({ ...identity, url: debianDataUrl.href, dataDirectory, clock })
  const all = [
    certfr('certfr-alerts'),
    certfr('certfr-notices'),
    createKevSource(identity),
    createDebianSource({ ...identity, clock, data }),
  ]
  return {
    on: all.filter(({ id }) => certSources.includes(id)),
    off: all
      .filter(({ id }) => !certSources.includes(id))
      .map(({ id, url }) => ({ source: id, url })),
    browser,
  }
}
