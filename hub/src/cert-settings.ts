// Owns the settings of the CERT watch: what is read, from where, how often, and with which browser.
import { AdvisorySourceId } from '@vigie/shared/api/advisory'
import { Value } from 'typebox/value'
import { file, isCron, listOf, setting, webAddress } from './setting.ts'

export interface CertSettings {
  /** The site of CERT-FR, without a path. */
  readonly certUrl: URL
  /** Five cron fields, UTC; each hub reads somewhat later. */
  readonly certCron: string
  /** What is read; nothing switches the watch off. */
  readonly certSources: readonly AdvisorySourceId[]
  /** When notices are mailed: five cron fields, by the clocks of `mailZone`. */
  readonly certDigestCron: string
  /** Where those who run the sites that are read find who reads them: it is named in each request. */
  readonly certContactUrl: URL | undefined
  /** Debian's security data, which is read where its advisories are. */
  readonly debianDataUrl: URL
  readonly chromiumFile: string | undefined
}

const NONE = 'none'
const SOURCES = AdvisorySourceId.anyOf.map((source) => source.const)

export const CERT_CONFIG = {
  certUrl: webAddress,
  certCron: setting('five cron fields, such as */15 * * * *', isCron),
  certSources: setting(
    `${NONE}, or some of ${SOURCES.join(', ')}`,
    (written) => written === NONE || (listOf(written).length > 0 && sourcesOf(written) !== null),
  ),
  certDigest: setting('five cron fields, such as 30 7 * * *', isCron),
  certContact: webAddress,
  debianDataUrl: webAddress,
  chromium: file,
}

/** From what passed {@link CERT_CONFIG}. */
export function readCertSettings(written: {
  readonly [K in keyof typeof CERT_CONFIG]?: string
}): CertSettings {
  return {
    certUrl: new URL(written.certUrl ?? 'https://www.cert.ssi.gouv.fr'),
    certCron: written.certCron ?? '*/15 * * * *',
    certSources: sourcesOf(written.certSources ?? 'certfr-alerts,certfr-notices') ?? [],
    certDigestCron: written.certDigest ?? '30 7 * * *',
    certContactUrl: written.certContact === undefined ? undefined : new URL(written.certContact),
    debianDataUrl: new URL(
      written.debianDataUrl ?? 'https://security-tracker.debian.org/tracker/data/json',
    ),
    chromiumFile: written.chromium,
  }
}

/** Each once; null when one of them is none. */
function sourcesOf(written: string): AdvisorySourceId[] | null {
  const names = [...new Set(listOf(written))]
  if (written === NONE) return []
  const sources = names.filter((name): name is AdvisorySourceId => isSource(name))
  return sources.length === names.length ? sources : null
}

function isSource(name: string): boolean {
  return Value.Check(AdvisorySourceId, name)
}
