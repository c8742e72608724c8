// Owns why a machine is concerned as one line of a letter.
import type { Evidence } from '@vigie/shared/api/advisory'
import type { Locale } from '@vigie/shared/format/locale'

/** The package and the line of the advisory that name it. */
export function evidenceLine({ line, package: held, fixedVersion }: Evidence, locale: Locale) {
  const fixed =
    fixedVersion === null ? '' : `, ${{ en: 'fixed in', fr: 'corrigé en' }[locale]} ${fixedVersion}`
  return held === null ? `${line}${fixed}` : `${held.name} ${held.version}${fixed}; ${line}`
}
