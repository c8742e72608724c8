// Owns why a verdict is what it is, as one sentence.
import type { Evidence } from '@vigie/shared/api/advisory'
import type { Speaker } from '../incidents/mail-words.ts'

/** The package that is installed, and the version that is free of it. */
export function evidenceWords(
  { package: found, fixedVersion }: Evidence,
  { t }: Pick<Speaker, 't'>,
) {
  if (found === null) return t('cert:evidenceSystem')
  const { name, version } = found
  if (fixedVersion === null) return t('cert:evidencePackage', { name, version })
  return t('cert:evidenceFixed', { name, version, fixed: fixedVersion })
}
