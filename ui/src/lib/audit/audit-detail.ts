// Owns how the details of the audit log are read to people: the hub writes them as `key: value`, with JSON for what is no text.
import { formatDate } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { hostsWords, roleWord } from '../people/role-words.ts'

export interface DetailSpeaker {
  readonly t: typeof Translate
  readonly locale: Locale
}

/** What is not known is left as it was written. */
export function readDetail(detail: string, { t, locale }: DetailSpeaker): string {
  if (detail === 'the second factor is asked for') return t('audit:secondAsked')
  return detail
    .replace(/\brole: (admin|viewer)\b/, (_, role: 'admin' | 'viewer') => roleWord(role, t))
    .replace(/\bhostTags: (null|\[[^\]]*\])/, (whole, json: string) => {
      const hostTags = tagsOf(json)
      return hostTags === undefined ? whole : hostsWords({ role: 'viewer', hostTags }, t)
    })
    .replace(/\bnames: (shown|hidden)\b/, (_, names: string) =>
      t(names === 'shown' ? 'statusPages:namesShown' : 'statusPages:namesHidden'),
    )
    .replace(/\b(?:isOn|isEnabled): (true|false)\b/, (_, isOn: string) =>
      t(isOn === 'true' ? 'audit:switchedOn' : 'audit:switchedOff'),
    )
    .replace(/\b(?:expiresMs|endsMs): (null|\d{1,16})\b/, (_, timeMs: string) =>
      timeMs === 'null'
        ? t('audit:untilEnded')
        : t('audit:until', { time: formatDate(Number(timeMs), locale) }),
    )
    .replace(/^tags: (\[[^\]]*\])$/, (whole, json: string) => {
      const tags = tagsOf(json)
      if (tags === undefined) return whole
      return tags?.length ? t('audit:tagsOf', { tags: tags.join(', ') }) : t('audit:tagsNone')
    })
    .replace(/^name: /, () => t('audit:named', { name: '' }))
}

/** Undefined where it was cut, or is something else. */
function tagsOf(json: string): string[] | null | undefined {
  try {
    const value: unknown = JSON.parse(json)
    if (value === null) return null
    if (!Array.isArray(value)) return undefined
    return value.every((each) => typeof each === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
