// Owns how the settings speak of status pages.
import type { StatusPage } from '@vigie/shared/api/status-page'
import { fixed } from '../format/number.ts'
import { anyTag } from '../people/role-words.ts'
import type { Speaker } from '../settings/hub-facts.ts'

/** Whether somebody can read it: it is on, and its end has not come. */
export function isShared({ isOn, endsMs }: StatusPage, nowMs: number): boolean {
  return isOn && (endsMs === null || endsMs > nowMs)
}

export function leadOf(
  pages: readonly StatusPage[],
  { t, locale, nowMs }: Speaker,
): { lead: string; sub: string } {
  if (pages.length === 0) return { lead: t('statusPages:leadNone'), sub: t('statusPages:noneHint') }
  const count = pages.filter((page) => isShared(page, nowMs)).length
  const number = fixed(count, 0, locale)
  const lead = count === 0 ? t('statusPages:leadOff') : t('statusPages:lead', { count, number })
  return { lead, sub: t('statusPages:how') }
}

/** `servers tagged web or db, names hidden` */
export function contentWords({ hostTags, names }: StatusPage, { t }: Speaker): string {
  const hosts =
    hostTags === null
      ? t('statusPages:every')
      : t('statusPages:tagged', { tags: anyTag(hostTags, t) })
  const shown = names === 'shown' ? t('statusPages:namesShown') : t('statusPages:namesHidden')
  return `${hosts}, ${shown}`
}
