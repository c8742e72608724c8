// Owns what a silence covers, in words.
import { capital, listed } from '@vigie/shared/alerts/phrase'
import { ruleName } from '@vigie/shared/alerts/rule-names'
import type { Rule } from '@vigie/shared/api/rule'
import type { SilenceMatch } from '@vigie/shared/api/silence'
import { fixed } from '../format/number.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface SilenceNames {
  readonly host: (id: number) => string | undefined
  readonly rules: readonly Pick<Rule, 'id' | 'key' | 'name'>[]
}

interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
}

/** More are counted. */
const NAMED = 3

/** `Host down, of web-3` */
export function coverWords(match: SilenceMatch, names: SilenceNames, speaker: Speaker): string {
  const rules = rulesInWords(match, names, speaker)
  return `${capital(rules)}, ${hostsInWords(match, names, speaker)}`
}

export function rulesInWords(
  { ruleIds }: SilenceMatch,
  { rules }: SilenceNames,
  { t, locale }: Speaker,
): string {
  if (ruleIds.length === 0) return t('incidents:silenceSaysAnyRule')
  const known = rules.filter(({ id }) => ruleIds.includes(id))
  const named = known.map((rule) => ruleName(rule, locale))
  const isNamed = named.length === ruleIds.length && named.length <= NAMED
  return isNamed
    ? listed(named, { locale, word: 'and' })
    : t('incidents:silenceSaysRules', {
        count: ruleIds.length,
        number: fixed(ruleIds.length, 0, locale),
      })
}

export function hostsInWords(
  { scope }: SilenceMatch,
  { host }: SilenceNames,
  { t, locale }: Speaker,
) {
  switch (scope.type) {
    case 'all':
      return t('incidents:silenceSaysAllHosts')
    case 'tags':
      return t('incidents:silenceSaysTags', {
        tags: listed(scope.tags, { locale, word: 'or' }),
      })
    case 'hosts': {
      const named = scope.hostIds.map((id) => host(id) ?? `#${id}`)
      if (named.length <= NAMED) return listed(named, { locale, word: 'and' })
      const count = named.length
      return t('incidents:silenceSaysHosts', { count, number: fixed(count, 0, locale) })
    }
  }
}
