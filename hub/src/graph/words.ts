// Owns the words of pictures in English and French: reasons of holes, columns, and what attributes' values mean.
import type { GapReason } from '@vigie/shared/api/gap'
import type { Locale } from '@vigie/shared/format/locale'
import { ATTRIBUTE_VALUES } from '@vigie/shared/metrics/attribute-words'

interface Words {
  readonly gap: Readonly<Record<GapReason, string>>
  readonly mean: string
  readonly max: string
  readonly total: string
  readonly perSecond: string
  readonly ofInstalled: (size: string) => string
  readonly someOf: (shown: number, count: number) => string
  readonly noData: string
  readonly limit: (value: string) => string
  readonly inAndOut: string
  readonly eachSecond: string
  readonly eachBucket: (step: string) => string
  readonly band: string
  /** Between two times of one day. */
  readonly times: (from: string, to: string) => string
  /** Between two times, each with its day. */
  readonly days: (from: string, to: string) => string
  /** Attribute values that have a word of their own; others are names and stay as they are. */
  readonly value: Readonly<Record<string, string>>
}

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    gap: {
      rebooted: 'rebooted',
      stopped: 'agent stopped',
      suspended: 'suspended',
      network: 'network',
      'hub-away': 'hub away',
      stalled: 'stalled',
      revoked: 'agent revoked',
      retired: 'retired',
      slowed: 'agent slowed down',
      unknown: 'no data',
    },
    mean: 'mean',
    max: 'max',
    total: 'total',
    perSecond: 'per second',
    ofInstalled: (size) => `of ${size}`,
    someOf: (shown, count) => `the ${shown} highest of ${count}`,
    noData: 'no data',
    limit: (value) => `limit ${value}`,
    inAndOut: 'in above, out below',
    eachSecond: 'every tick',
    eachBucket: (step) => `${step} a point`,
    band: 'line: mean, band: least to greatest',
    times: (from, to) => `${from} to ${to}`,
    days: (from, to) => `${from} to ${to}`,
    value: ATTRIBUTE_VALUES.en,
  },
  fr: {
    gap: {
      rebooted: 'redémarrée',
      stopped: 'agent arrêté',
      suspended: 'en veille',
      network: 'réseau',
      'hub-away': 'hub absent',
      stalled: 'agent bloqué',
      revoked: 'agent révoqué',
      retired: 'retirée',
      slowed: 'agent ralenti',
      unknown: 'sans données',
    },
    mean: 'moy.',
    max: 'max',
    total: 'total',
    perSecond: 'par seconde',
    ofInstalled: (size) => `sur ${size}`,
    someOf: (shown, count) => `les ${shown} plus élevés sur ${count}`,
    noData: 'sans données',
    limit: (value) => `seuil ${value}`,
    inAndOut: 'reçu en haut, émis en bas',
    eachSecond: 'chaque mesure',
    eachBucket: (step) => `${step} par point`,
    band: 'trait : moyenne, bande : du minimum au maximum',
    times: (from, to) => `de ${from} à ${to}`,
    days: (from, to) => `du ${from} au ${to}`,
    value: ATTRIBUTE_VALUES.fr,
  },
}
