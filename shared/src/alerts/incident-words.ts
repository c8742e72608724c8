// Owns how an incident is called and told in one line, in mails, on the page and in the CLI.
import type { IncidentKind, IncidentRule, ResolvedWhy } from '../api/incident.ts'
import type { DownCondition, FillsCondition, MetricCondition } from '../api/rule.ts'
import { formatDuration, formatSeconds } from '../format/duration.ts'
import { formatText } from '../format/format-value.ts'
import type { Locale } from '../format/locale.ts'
import { findMeasure } from '../metrics/derived.ts'
import { joined } from '../format/quantity.ts'
import {
  isYesOrNo,
  limitText,
  measureSays,
  measureTitle,
  measureWhat,
  type MeasuredValue,
} from './measure-words.ts'
import { de, listed, spanInWords } from './phrase.ts'
import { plainLine } from './plain-line.ts'
import { seriesWords } from './series-words.ts'

/** What words about an incident are made of; an `Incident` of the API has all of it. */
export interface IncidentTold {
  readonly kind: IncidentKind
  readonly rule: IncidentRule
  readonly hostName: string | null
  readonly series: string
  readonly value: number | null
  readonly worst: number | null
  readonly detail: Readonly<Record<string, unknown>>
}

const NO_BREAK = '\u00a0'

/** What is wrong, with its host and value: "web-3 is down", "/var of db-1 is 91 % full". */
export function incidentTitle(incident: IncidentTold, locale: Locale): string {
  const isFrench = locale === 'fr'
  if (incident.kind === 'lost-sight') {
    const count = lostHosts(incident).count
    return isFrench
      ? `Le hub a perdu de vue ${count} machines`
      : `The hub lost sight of ${count} hosts`
  }
  const host = hostOf(incident, locale)
  const { condition } = incident.rule
  switch (condition.type) {
    case 'down':
      return isFrench ? `${host} est en panne` : `${host} is down`
    case 'reboot':
      return isFrench ? `${host} a redémarré à l’improviste` : `${host} rebooted unexpectedly`
    case 'fills':
      return fillsTitle(incident, host, locale)
    case 'metric':
      return measureTitle(measured(incident, locale), condition, locale)
  }
}

/** What was wrong and for how long, once it is over: "build-1, CPU saturated for 38 min". */
export function incidentOverTitle(
  incident: IncidentTold,
  { lastedMs, locale }: { lastedMs: number | null; locale: Locale },
): string {
  const what = incidentWhat(incident, locale)
  const host = incident.kind === 'lost-sight' ? null : hostOf(incident, locale)
  const lasted =
    lastedMs === null || isOfAMoment(incident)
      ? ''
      : ` ${locale === 'fr' ? 'pendant' : 'for'} ${formatDuration(lastedMs, locale)}`
  return `${[host, what].filter((part) => part !== null).join(', ')}${lasted}`
}

/** Nothing that lasts, though its incident is open for a while. */
function isOfAMoment({ kind, rule: { condition } }: IncidentTold): boolean {
  if (kind === 'lost-sight') return false
  return (
    condition.type === 'reboot' ||
    (condition.type === 'metric' && condition.metric === 'system.linux.oom_kills')
  )
}

/** What is wrong, without the host: "down", "/var nearly full", "memory pressure". */
export function incidentWhat(incident: IncidentTold, locale: Locale): string {
  const isFrench = locale === 'fr'
  if (incident.kind === 'lost-sight') {
    const { count } = lostHosts(incident)
    return isFrench ? `${count} machines perdues de vue` : `${count} hosts out of sight`
  }
  const { condition } = incident.rule
  switch (condition.type) {
    case 'down':
      return isFrench ? 'en panne' : 'down'
    case 'reboot':
      return isFrench ? 'redémarrage imprévu' : 'unexpected reboot'
    case 'fills': {
      const place = seriesWords(incident.series, locale)
      return isFrench ? `${place} se remplit` : `${place} fills up`
    }
    case 'metric':
      return measureWhat(measured(incident, locale), condition, locale)
  }
}

/** The value against its limit in one line: "24 % of the time some task waits; limit 10 % for 5 min". */
export function incidentDetail(incident: IncidentTold, locale: Locale): string {
  if (incident.kind === 'lost-sight') {
    const { names, count } = lostHosts(incident)
    return listed(names, { locale, word: 'and', most: 8, count })
  }
  const { condition } = incident.rule
  switch (condition.type) {
    case 'down':
      return downDetail(incident, condition, locale)
    case 'reboot':
      return locale === 'fr'
        ? 'un nouveau démarrage, que son agent n’avait pas annoncé'
        : 'a new boot that its agent had not announced'
    case 'fills':
      return fillsDetail(incident, condition, locale)
    case 'metric':
      return metricDetail(incident, condition, locale)
  }
}

/** Why it is over, as the end of a sentence. */
export function resolvedWords(why: ResolvedWhy, locale: Locale): string {
  return RESOLVED[locale][why]
}

const RESOLVED: Readonly<Record<Locale, Readonly<Record<ResolvedWhy, string>>>> = {
  en: {
    cleared: 'the value is clear again',
    returned: 'the host is heard again',
    gone: 'what was watched is gone: unmounted, unplugged or removed',
    'rule-changed': 'its rule was changed, switched off or deleted',
    retired: 'the host was retired: it is not watched any more',
    revoked: 'its agent was revoked: the host is not watched until another one joins for it',
    over: 'it was over as it began',
  },
  fr: {
    cleared: 'la valeur est de nouveau bonne',
    returned: 'la machine répond de nouveau',
    gone: 'ce qui était surveillé n’est plus là : démonté, débranché ou supprimé',
    'rule-changed': 'sa règle a été modifiée, désactivée ou supprimée',
    retired: 'la machine a été retirée : elle n’est plus surveillée',
    revoked:
      'son agent a été révoqué : la machine n’est plus surveillée jusqu’à ce qu’un autre le remplace',
    over: 'c’était terminé aussitôt commencé',
  },
}

function fillsTitle(incident: IncidentTold, host: string, locale: Locale): string {
  const place = seriesWords(incident.series, locale)
  const left = incident.value === null ? null : secondsText(incident.value, locale)
  if (locale === 'fr') {
    return left === null
      ? `${place} ${de(host)} se remplit`
      : `${place} ${de(host)} sera plein dans ${left}`
  }
  return left === null
    ? `${place} of ${host} fills up`
    : `${place} of ${host} will be full in ${left}`
}

function fillsDetail(incident: IncidentTold, condition: FillsCondition, locale: Locale): string {
  const { usedRatio, bytesPerS } = incident.detail
  const isFrench = locale === 'fr'
  const parts: string[] = []
  if (typeof usedRatio === 'number') {
    const used = formatText(usedRatio, findMeasure('system.filesystem.utilization'), locale)
    parts.push(isFrench ? `${used} occupés` : `${used} used`)
  }
  if (typeof bytesPerS === 'number') {
    const hourly = formatText(bytesPerS * 3600, findMeasure('system.filesystem.usage'), locale)
    parts.push(isFrench ? `${hourly} de plus par heure` : `${hourly} more an hour`)
  }
  if (incident.value !== null) {
    const left = secondsText(incident.value, locale)
    parts.push(isFrench ? `plein dans ${left}` : `full in ${left}`)
  }
  return withLimit(parts.join(', '), spanInWords(condition.withinMs, locale), {
    forMs: condition.forMs,
    locale,
  })
}

function downDetail(
  { value, worst, detail }: IncidentTold,
  condition: DownCondition,
  locale: Locale,
) {
  const isFrench = locale === 'fr'
  const isStopped = typeof detail['goodbye'] === 'string'
  const limitMs = isStopped ? (condition.stoppedGraceMs ?? condition.graceMs) : condition.graceMs
  const silentS = worst ?? value
  const silence = silentS === null ? '' : ` ${secondsText(silentS, locale)}`
  const heard = isFrench
    ? `aucune nouvelle${silence && ` depuis${silence}`}`
    : `nothing heard${silence && ` for${silence}`}`
  const said = isStopped
    ? { en: ' after its agent was stopped', fr: ' après l’arrêt de son agent' }[locale]
    : ''
  return withLimit(`${heard}${said}`, formatDuration(limitMs, locale), { forMs: 0, locale })
}

function metricDetail(incident: IncidentTold, condition: MetricCondition, locale: Locale): string {
  const at = measured(incident, locale)
  const says = measureSays(at, condition, locale)
  if (isYesOrNo(condition)) return says
  const worst = worstText(incident, condition, locale)
  return withLimit(`${says}${worst}`, limitText(condition.threshold, condition.metric, locale), {
    forMs: condition.forMs,
    locale,
  })
}

function worstText({ value, worst }: IncidentTold, { metric }: MetricCondition, locale: Locale) {
  if (worst === null || worst === value) return ''
  const text = formatText(worst, findMeasure(metric), locale)
  if (text === formatText(value, findMeasure(metric), locale)) return ''
  return locale === 'fr' ? `, au pire ${text}` : `, at worst ${text}`
}

function withLimit(
  says: string,
  limit: string,
  { forMs, locale }: { forMs: number; locale: Locale },
): string {
  const lasting = forMs > 0 ? formatDuration(forMs, locale) : ''
  if (locale === 'fr')
    return `${says}${NO_BREAK}; seuil ${limit}${lasting && ` pendant ${lasting}`}`
  return `${says}; limit ${limit}${lasting && ` for ${lasting}`}`
}

function measured(incident: IncidentTold, locale: Locale): MeasuredValue {
  return {
    series: incident.series,
    hostName: hostOf(incident, locale),
    value: incident.value,
  }
}

function hostOf({ hostName }: IncidentTold, locale: Locale): string {
  if (hostName !== null) return plainLine(hostName, 60)
  return locale === 'fr' ? 'une machine supprimée' : 'a removed host'
}

/** The hosts of a `lost-sight` incident: how many, and the names that are known. */
export function lostHosts({ detail }: Pick<IncidentTold, 'detail'>): {
  count: number
  names: string[]
} {
  const { hostIds, hosts } = detail
  const names = Array.isArray(hosts)
    ? hosts.filter((name) => typeof name === 'string').map((name) => plainLine(name, 60))
    : []
  const told = typeof hosts === 'number' ? hosts : 0
  return { count: Math.max(names.length, Array.isArray(hostIds) ? hostIds.length : told), names }
}

function secondsText(seconds: number, locale: Locale): string {
  return seconds < 120
    ? joined(formatSeconds(Math.round(seconds), locale))
    : formatDuration(seconds * 1000, locale)
}
