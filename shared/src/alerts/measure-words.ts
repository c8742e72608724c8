// Owns what a value of a measure is called: with its limit, in a title, and as the noun phrase of what is wrong.
import type { MetricCondition } from '../api/rule.ts'
import { formatText } from '../format/format-value.ts'
import type { Locale } from '../format/locale.ts'
import { findMeasure } from '../metrics/derived.ts'
import { parseSeries, type Attributes } from '../metrics/series.ts'
import { de } from './phrase.ts'
import { plainLine } from './plain-line.ts'
import { measureWords, placeWords } from './series-words.ts'

/** A measured thing as words are made of it. Names are plain lines already. */
interface Told {
  readonly host: string
  /** The mountpoint, resource or sensor. */
  readonly place: string
  /** With its unit. */
  readonly value: string
  readonly attributes: Attributes
}

interface MeasurePhrases {
  /** "/var of db-1 is 91 % full" */
  readonly title: (told: Told) => string
  /** What is wrong, without host and value: "/var nearly full". */
  readonly what: (told: Told) => string
  /** The value in words: "91 % used". */
  readonly says?: (told: Told) => string
}

const RESOURCE = 'system.linux.pressure.resource'
const isAll = ({ attributes }: Told): boolean => attributes['system.linux.pressure.type'] === 'full'

const PHRASES: Readonly<Record<Locale, Readonly<Record<string, MeasurePhrases>>>> = {
  en: {
    'system.filesystem.utilization': {
      title: ({ host, place, value }) => `${place} of ${host} is ${value} full`,
      what: ({ place }) => `${place} nearly full`,
      says: ({ value }) => `${value} used`,
    },
    'system.filesystem.inodes.utilization': {
      title: ({ host, place, value }) => `${place} of ${host} has ${value} of its inodes used`,
      what: ({ place }) => `inodes of ${place} nearly used up`,
      says: ({ value }) => `${value} of the inodes used`,
    },
    'system.filesystem.read_only': {
      title: ({ host, place }) => `${place} of ${host} is read-only`,
      what: ({ place }) => `${place} read-only`,
      says: () => 'nothing can be written to it',
    },
    'system.linux.memory.available.utilization': {
      title: ({ host, value }) => `${host} has ${value} of its memory left`,
      what: () => 'memory short',
      says: ({ value }) => `${value} of the memory available`,
    },
    'system.paging.utilization': {
      title: ({ host, value }) => `${host} has ${value} of its swap used`,
      what: () => 'swap nearly full',
      says: ({ value }) => `${value} of the swap used`,
    },
    'system.linux.pressure.stall': {
      title: ({ host, attributes, value }) =>
        `${host}: ${pressureResource(attributes, 'en')} pressure ${value}`,
      what: ({ attributes }) =>
        attributes[RESOURCE] === 'cpu'
          ? 'CPU saturated'
          : `${pressureResource(attributes, 'en')} pressure`,
      says: (told) =>
        isAll(told)
          ? `${told.value} of the time all tasks wait`
          : `${told.value} of the time some task waits`,
    },
    'system.linux.oom_kills': {
      title: ({ host }) => `${host} ran out of memory and killed a process`,
      what: () => 'process killed, out of memory',
      says: () => 'the kernel killed a process for want of memory',
    },
    'systemd.units': {
      title: ({ host, value }) =>
        value === '1'
          ? `A systemd unit of ${host} has failed`
          : `${value} systemd units of ${host} have failed`,
      what: () => 'systemd unit failed',
      says: ({ value }) => `failed: ${value}`,
    },
    'vigie.clock.error': {
      title: ({ host, value }) => `The clock of ${host} is ${value} off`,
      what: () => 'clock off',
      says: ({ value }) => `${value} away from the hub’s clock`,
    },
    'hw.temperature': {
      title: ({ host, place, value }) => `${host}: ${place} at ${value}`,
      what: ({ place }) => `${place} hot`,
    },
    'system.linux.reboot_required': {
      title: ({ host }) => `${host} needs a reboot`,
      what: () => 'reboot required',
      says: () => 'what was updated is not in use before it',
    },
  },
  fr: {
    'system.filesystem.utilization': {
      title: ({ host, place, value }) => `${place} ${de(host)} est plein à ${value}`,
      what: ({ place }) => `${place} presque plein`,
      says: ({ value }) => `${value} occupés`,
    },
    'system.filesystem.inodes.utilization': {
      title: ({ host, place, value }) => `${place} ${de(host)} a ${value} de ses inodes utilisés`,
      what: ({ place }) => `inodes de ${place} presque épuisés`,
      says: ({ value }) => `${value} des inodes utilisés`,
    },
    'system.filesystem.read_only': {
      title: ({ host, place }) => `${place} ${de(host)} est en lecture seule`,
      what: ({ place }) => `${place} en lecture seule`,
      says: () => 'rien ne peut y être écrit',
    },
    'system.linux.memory.available.utilization': {
      title: ({ host, value }) => `${host} n’a plus que ${value} de sa mémoire`,
      what: () => 'mémoire presque épuisée',
      says: ({ value }) => `${value} de la mémoire disponible`,
    },
    'system.paging.utilization': {
      title: ({ host, value }) => `${host} a ${value} de son espace d’échange utilisé`,
      what: () => 'espace d’échange presque plein',
      says: ({ value }) => `${value} de l’espace d’échange utilisé`,
    },
    'system.linux.pressure.stall': {
      title: ({ host, attributes, value }) =>
        `${host} : pression ${pressureResource(attributes, 'fr')} à ${value}`,
      what: ({ attributes }) =>
        attributes[RESOURCE] === 'cpu'
          ? 'processeur saturé'
          : `pression ${pressureResource(attributes, 'fr')}`,
      says: (told) =>
        isAll(told)
          ? `${told.value} du temps toutes les tâches attendent`
          : `${told.value} du temps une tâche attend`,
    },
    'system.linux.oom_kills': {
      title: ({ host }) => `${host} a tué un processus faute de mémoire`,
      what: () => 'processus tué faute de mémoire',
      says: () => 'le noyau a tué un processus faute de mémoire',
    },
    'systemd.units': {
      title: ({ host, value }) =>
        value === '1'
          ? `Une unité systemd ${de(host)} est en échec`
          : `${value} unités systemd ${de(host)} sont en échec`,
      what: () => 'unité systemd en échec',
      says: ({ value }) => `en échec : ${value}`,
    },
    'vigie.clock.error': {
      title: ({ host, value }) => `L’horloge ${de(host)} est décalée de ${value}`,
      what: () => 'horloge décalée',
      says: ({ value }) => `${value} d’écart avec l’horloge du hub`,
    },
    'hw.temperature': {
      title: ({ host, place, value }) => `${host} : ${place} à ${value}`,
      what: ({ place }) => `${place} trop chaud`,
    },
    'system.linux.reboot_required': {
      title: ({ host }) => `${host} doit redémarrer`,
      what: () => 'redémarrage requis',
      says: () => 'ce qui a été mis à jour ne sert qu’ensuite',
    },
  },
}

const RESOURCES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { cpu: 'CPU', io: 'I/O' },
  fr: { cpu: 'processeur', memory: 'mémoire', io: 'd’E/S' },
}

/** "memory", as in "memory pressure". */
export function pressureResource(attributes: Attributes, locale: Locale): string {
  const resource = plainLine(attributes[RESOURCE] ?? '')
  return RESOURCES[locale][resource] ?? resource
}

/** What a title is written from. */
export interface MeasuredValue {
  /** Of the incident; empty where none is known. */
  readonly series: string
  readonly hostName: string
  readonly value: number | null
}

export function measureTitle(measured: MeasuredValue, condition: MetricCondition, locale: Locale) {
  const told = toldOf(measured, condition, locale)
  const phrases = phrasesOf(condition, locale)
  if (phrases && measured.value !== null) return phrases.title(told)
  const what = phrases ? phrases.what(told) : measureWords(measured.series, locale)
  const colon = locale === 'fr' ? '\u00a0:' : ':'
  return `${told.host}${colon} ${[what, measured.value === null ? '' : told.value].filter(Boolean).join(' ')}`
}

export function measureWhat(measured: MeasuredValue, condition: MetricCondition, locale: Locale) {
  const told = toldOf(measured, condition, locale)
  return phrasesOf(condition, locale)?.what(told) ?? measureWords(measured.series, locale)
}

/** The value as a part of a sentence: "24 % of the time some task waits". */
export function measureSays(measured: MeasuredValue, condition: MetricCondition, locale: Locale) {
  const told = toldOf(measured, condition, locale)
  return phrasesOf(condition, locale)?.says?.(told) ?? told.value
}

/** Whether it is so or not: its limit says nothing to a reader. */
export function isYesOrNo({ metric, operator, threshold }: MetricCondition): boolean {
  const unit = findMeasure(metric).unit
  if (unit === '{bool}') return operator === '>' ? threshold >= 0 : threshold <= 1
  const isCounted = metric === 'system.linux.oom_kills' || metric === 'systemd.units'
  return isCounted && operator === '>' && threshold >= 0 && threshold < 1
}

/** A limit as people write it: 90 %, 5 %, 1.5 s. */
export function limitText(value: number, metric: string, locale: Locale): string {
  return formatText(value, findMeasure(metric), locale).replace(/[.,]0(?=\u00a0|$)/, '')
}

function phrasesOf({ metric }: MetricCondition, locale: Locale): MeasurePhrases | undefined {
  const phrases = PHRASES[locale]
  return Object.hasOwn(phrases, metric) ? phrases[metric] : undefined
}

function toldOf(measured: MeasuredValue, { metric }: MetricCondition, locale: Locale): Told {
  const attributes = parseSeries(measured.series)?.attributes ?? {}
  return {
    host: plainLine(measured.hostName, 60),
    place: placeWords(attributes, locale),
    value: formatText(measured.value, findMeasure(metric), locale),
    attributes,
  }
}
