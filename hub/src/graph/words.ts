// Owns the words of pictures in English and French: reasons of holes, columns, and what attributes' values mean.
import type { GapReason } from '@vigie/shared/api/gap'
import type { Locale } from '@vigie/shared/format/locale'

interface Words {
  readonly gap: Readonly<Record<GapReason, string>>
  readonly mean: string
  readonly max: string
  readonly total: string
  readonly perSecond: string
  readonly ofInstalled: (size: string) => string
  readonly someOf: (shown: number, count: number) => string
  readonly noData: string
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
      unknown: 'no data',
    },
    mean: 'mean',
    max: 'max',
    total: 'total',
    perSecond: 'per second',
    ofInstalled: (size) => `of ${size}`,
    someOf: (shown, count) => `the ${shown} highest of ${count}`,
    noData: 'no data',
    inAndOut: 'in above, out below',
    eachSecond: 'every tick',
    eachBucket: (step) => `${step} a point`,
    band: 'line: mean, band: least to greatest',
    times: (from, to) => `${from} to ${to}`,
    days: (from, to) => `${from} to ${to}`,
    value: {
      receive: 'received',
      transmit: 'sent',
      in_use: 'in use',
      time_wait: 'closing',
    },
  },
  fr: {
    gap: {
      rebooted: 'redémarrée',
      stopped: 'agent arrêté',
      suspended: 'en veille',
      network: 'réseau',
      'hub-away': 'hub absent',
      stalled: 'agent bloqué',
      unknown: 'sans données',
    },
    mean: 'moy.',
    max: 'max',
    total: 'total',
    perSecond: 'par seconde',
    ofInstalled: (size) => `sur ${size}`,
    someOf: (shown, count) => `les ${shown} plus élevés sur ${count}`,
    noData: 'sans données',
    inAndOut: 'reçu en haut, émis en bas',
    eachSecond: 'chaque mesure',
    eachBucket: (step) => `${step} par point`,
    band: 'trait : moyenne, bande : du minimum au maximum',
    times: (from, to) => `de ${from} à ${to}`,
    days: (from, to) => `du ${from} au ${to}`,
    value: {
      user: 'utilisateur',
      system: 'système',
      interrupt: 'irq',
      steal: 'volé',
      idle: 'inactif',
      used: 'utilisé',
      free: 'libre',
      available: 'disponible',
      buffers: 'tampons',
      cached: 'cache',
      read: 'lecture',
      write: 'écriture',
      receive: 'reçu',
      transmit: 'émis',
      in: 'lues',
      out: 'écrites',
      major: 'majeurs',
      minor: 'mineurs',
      running: 'actifs',
      blocked: 'bloqués',
      in_use: 'utilisés',
      time_wait: 'en clôture',
      memory: 'mémoire',
      cpu: 'processeur',
      io: 'E/S',
      some: 'une tâche',
      full: 'toutes',
      failed: 'en échec',
    },
  },
}
