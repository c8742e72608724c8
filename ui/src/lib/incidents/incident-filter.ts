// Owns which incidents a few typed words mean.
import { incidentTitle } from '@vigie/shared/alerts/incident-words'
import { ruleName } from '@vigie/shared/alerts/rule-names'
import type { Incident } from '@vigie/shared/api/incident'
import type { Locale } from '../i18n/languages.ts'

/** Those that hold every word: in their title, host, rule or owner. */
export function matching(
  incidents: readonly Incident[],
  query: string,
  locale: Locale,
): readonly Incident[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return incidents
  return incidents.filter((incident) => {
    const text = textOf(incident, locale)
    return words.every((word) => text.includes(word))
  })
}

function textOf(incident: Incident, locale: Locale): string {
  const { hostName, rule, owner } = incident
  const parts = [incidentTitle(incident, locale), hostName, ruleName(rule, locale), owner]
  return parts.filter(Boolean).join(' ').toLowerCase()
}
