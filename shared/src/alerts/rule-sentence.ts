// Owns a rule in one plain sentence: who is mailed when what is beyond for how long, and when it is clear.
import type { Condition, HostScope, MetricCondition, RuleDraft } from '../api/rule.ts'
import type { Locale } from '../format/locale.ts'
import { findMeasure } from '../metrics/derived.ts'
import type { Attributes } from '../metrics/series.ts'
import { isYesOrNo, limitText, pressureResource } from './measure-words.ts'
import { de, listed, lowered, spanInWords } from './phrase.ts'
import { plainLine } from './plain-line.ts'
import { placeWords } from './series-words.ts'

export interface SentenceOptions {
  /** By id, of the hosts that the rule names. */
  readonly hostNames: ReadonlyMap<number, string>
}

type RuleWords = Pick<RuleDraft, 'condition' | 'scope' | 'recipients' | 'remindEveryMs'>

/** "Mail ops@example.org when any filesystem of any host is over 90 % for 5 minutes; clear under 85 %" */
export function ruleSentence(rule: RuleWords, options: SentenceOptions, locale: Locale): string {
  const scope = scopeWords(rule.scope, options.hostNames, locale)
  const parts = conditionWords(rule.condition, scope, locale)
  const remind = rule.remindEveryMs
  if (remind !== null) {
    const every = spanInWords(remind, locale)
    parts.push(locale === 'fr' ? `rappel\u00a0: ${every}` : `a reminder every ${every}`)
  }
  const separator = locale === 'fr' ? '\u00a0; ' : '; '
  const head = `${recipientWords(rule.recipients, locale)} ${locale === 'fr' ? 'quand' : 'when'}`
  return `${head} ${parts.join(separator)}`
}

/** Only what is beyond: "any filesystem of web-3 is over 90 % for 5 minutes". `scope` is a noun phrase. */
export function conditionSentence(condition: Condition, scope: string, locale: Locale): string {
  return conditionWords(condition, scope, locale)[0] ?? ''
}

function recipientWords(recipients: readonly string[], locale: Locale): string {
  const names = recipients.map((address) => plainLine(address, 254))
  const list = listed(names, { locale, word: 'and', most: 3 })
  if (locale === 'fr') return list ? `Écrire à ${list}` : 'Écrire aux destinataires par défaut'
  return list ? `Mail ${list}` : 'Mail the default recipients'
}

/** "any host", "any host tagged web or db", "web-1 or web-2" */
function scopeWords(
  scope: HostScope,
  hostNames: ReadonlyMap<number, string>,
  locale: Locale,
): string {
  const isFrench = locale === 'fr'
  switch (scope.type) {
    case 'all':
      return isFrench ? 'une machine' : 'any host'
    case 'tags': {
      const tags = listed(
        scope.tags.map((tag) => plainLine(tag)),
        { locale, word: 'or' },
      )
      return isFrench ? `une machine étiquetée ${tags}` : `any host tagged ${tags}`
    }
    case 'hosts':
      return listed(
        scope.hostIds.map((id) => plainLine(hostNames.get(id) ?? `#${id}`, 60)),
        { locale, word: 'or' },
      )
  }
}

function conditionWords(condition: Condition, scope: string, locale: Locale): string[] {
  const isFrench = locale === 'fr'
  const span = (ms: number): string => spanInWords(ms, locale)
  switch (condition.type) {
    case 'metric':
      return metricWords(condition, scope, locale)
    case 'reboot':
      return [isFrench ? `${scope} redémarre sans l’avoir annoncé` : `${scope} reboots unannounced`]
    case 'down': {
      const grace = span(condition.graceMs)
      const stopped = condition.stoppedGraceMs === null ? null : span(condition.stoppedGraceMs)
      if (isFrench) {
        const heard = `${scope} ne donne plus de nouvelles pendant ${grace}`
        return [
          `${heard}, ${stopped === null ? 'sauf' : `ou ${stopped}`} après l’arrêt de son agent`,
        ]
      }
      const heard = `nothing is heard of ${scope} for ${grace}`
      return [
        `${heard}, ${stopped === null ? 'but not' : `or for ${stopped}`} after its agent was stopped`,
      ]
    }
    case 'fills': {
      const place = { 'system.filesystem.mountpoint': condition.mountpoint }
      const subject = `${filesystem(place, locale)} ${ofScope(scope, locale)}`
      const within = span(condition.withinMs)
      const clear = span(condition.clearMs)
      const comma = condition.forMs > 0 ? ',' : ''
      const words = isFrench
        ? [`${subject} sera plein dans moins de ${within} à l’allure des dernières heures${comma}`]
        : [`${subject} will be full within ${within} at its pace of the last hours${comma}`]
      words.push(isFrench ? `terminé au-delà de ${clear}` : `clear beyond ${clear}`)
      return lasting(words, { forMs: condition.forMs, clearForMs: 0 }, locale)
    }
  }
}

function metricWords(condition: MetricCondition, scope: string, locale: Locale): string[] {
  const isFrench = locale === 'fr'
  const isOver = condition.operator === '>'
  const event = isYesOrNo(condition) && isOver ? eventWords(condition, scope, locale) : null
  const changed = condition.onlyIfChanged
    ? { en: ' and was not so before', fr: ' et ne l’était pas avant' }[locale]
    : ''
  if (event !== null) return lasting([`${event}${changed}`], condition, locale)
  const limit = limitText(condition.threshold, condition.metric, locale)
  const clear = limitText(condition.clearAt, condition.metric, locale)
  const subject = `${subjectWords(condition, locale)} ${ofScope(scope, locale)}`
  const beyond = isFrench
    ? `${isOver ? 'dépasse' : 'est sous'} ${limit}`
    : `is ${isOver ? 'over' : 'under'} ${limit}`
  const end = isFrench
    ? `terminé ${isOver ? 'sous' : 'au-dessus de'} ${clear}`
    : `clear ${isOver ? 'under' : 'over'} ${clear}`
  const words = [`${subject} ${beyond}${statisticWords(condition, locale)}${changed}`, end]
  return lasting(words, condition, locale)
}

/** Says for how long, of what is beyond and of what is clear. */
function lasting(
  [beyond = '', clear]: readonly string[],
  { forMs, clearForMs }: { forMs: number; clearForMs: number },
  locale: Locale,
): string[] {
  const isFrench = locale === 'fr'
  const span = (ms: number): string =>
    ms > 0 ? ` ${isFrench ? 'pendant' : 'for'} ${spanInWords(ms, locale)}` : ''
  if (clear !== undefined) return [`${beyond}${span(forMs)}`, `${clear}${span(clearForMs)}`]
  const after = spanInWords(clearForMs, locale)
  const over = isFrench ? `terminé après ${after} sans cela` : `clear after ${after} without it`
  return clearForMs > 0 ? [`${beyond}${span(forMs)}`, over] : [`${beyond}${span(forMs)}`]
}

/** What a host does or is, where a number would say nothing; null for a measure without such words. */
function eventWords(condition: MetricCondition, scope: string, locale: Locale): string | null {
  const isFrench = locale === 'fr'
  switch (condition.metric) {
    case 'system.filesystem.read_only': {
      const subject = `${filesystem(condition.attributes, locale)} ${ofScope(scope, locale)}`
      return isFrench ? `${subject} est en lecture seule` : `${subject} is read-only`
    }
    case 'system.linux.oom_kills':
      return isFrench
        ? `${scope} tue un processus faute de mémoire`
        : `${scope} kills a process for want of memory`
    case 'system.linux.reboot_required':
      return isFrench ? `${scope} doit redémarrer` : `${scope} needs a reboot`
    case 'systemd.units':
      return isFrench
        ? `une unité systemd ${ofScope(scope, locale)} est en échec`
        : `a systemd unit of ${scope} has failed`
    default:
      return null
  }
}

function statisticWords({ statistic, windowMs }: MetricCondition, locale: Locale): string {
  const span = spanInWords(windowMs, locale)
  switch (statistic) {
    case 'last':
      return ''
    case 'mean':
      return locale === 'fr' ? ` en moyenne sur ${span}` : ` on average over ${span}`
    case 'max':
      return locale === 'fr' ? ` au plus haut sur ${span}` : ` at its highest within ${span}`
    case 'min':
      return locale === 'fr' ? ` au plus bas sur ${span}` : ` at its lowest within ${span}`
  }
}

function subjectWords({ metric, attributes }: MetricCondition, locale: Locale): string {
  if (metric === 'system.filesystem.utilization') return filesystem(attributes, locale)
  const known = Object.hasOwn(SUBJECTS[locale], metric) ? SUBJECTS[locale][metric] : undefined
  const label = lowered(plainLine(findMeasure(metric).label[locale]))
  const place = pressure(metric, attributes, locale) ?? placeWords(attributes, locale, ', ')
  return `${known ?? (locale === 'fr' ? `la mesure «\u00a0${label}\u00a0»` : label)}${place && ` (${place})`}`
}

const SUBJECTS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    'system.cpu.utilization': 'the use of the CPU',
    'system.linux.memory.available.utilization': 'the available memory',
    'system.linux.memory.available': 'the available memory',
    'system.paging.utilization': 'the use of swap',
    'system.filesystem.inodes.utilization': 'the use of inodes',
    'system.linux.pressure.stall': 'the pressure',
    'hw.temperature': 'the temperature',
    'vigie.clock.error': 'the error of the clock',
  },
  fr: {
    'system.cpu.utilization': 'l’usage du processeur',
    'system.linux.memory.available.utilization': 'la mémoire disponible',
    'system.linux.memory.available': 'la mémoire disponible',
    'system.paging.utilization': 'l’usage de l’espace d’échange',
    'system.filesystem.inodes.utilization': 'l’usage des inodes',
    'system.linux.pressure.stall': 'la pression',
    'hw.temperature': 'la température',
    'vigie.clock.error': 'l’erreur de l’horloge',
  },
}

/** "memory, all tasks wait"; null where it is no pressure, or of any kind. */
function pressure(metric: string, attributes: Attributes, locale: Locale): string | null {
  const type = attributes['system.linux.pressure.type'] ?? ''
  const resource = pressureResource(attributes, locale)
  if (metric !== 'system.linux.pressure.stall' || /[*?]/.test(resource + type)) return null
  const tasks = {
    en: type === 'full' ? 'all tasks wait' : 'some task waits',
    fr: type === 'full' ? 'toutes les tâches attendent' : 'une tâche attend',
  }
  return `${resource}, ${tasks[locale]}`
}

/** "any filesystem", "the filesystem /var", "any filesystem like /srv/*" */
function filesystem(attributes: Attributes, locale: Locale): string {
  const glob = attributes['system.filesystem.mountpoint'] ?? '*'
  const isFrench = locale === 'fr'
  if (glob === '*') return isFrench ? 'un système de fichiers' : 'any filesystem'
  const name = plainLine(glob, 60)
  if (/[*?]/.test(glob)) {
    return isFrench ? `un système de fichiers comme ${name}` : `any filesystem like ${name}`
  }
  return isFrench ? `le système de fichiers ${name}` : `the filesystem ${name}`
}

function ofScope(scope: string, locale: Locale): string {
  return locale === 'fr' ? de(scope) : `of ${scope}`
}
