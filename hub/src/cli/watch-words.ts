// Owns the words of `vigie watch` in English and French.
import type { Locale } from '@vigie/shared/format/locale'

interface WatchWords {
  readonly hosts: (count: number) => string
  readonly status: string
  readonly name: string
  readonly cpu: string
  readonly memory: string
  readonly disk: string
  readonly received: string
  readonly sent: string
  readonly quit: string
  readonly more: (count: number) => string
}

export const WATCH_WORDS: Readonly<Record<Locale, WatchWords>> = {
  en: {
    hosts: (count) => (count === 1 ? '1 host' : `${count} hosts`),
    status: 'STATUS',
    name: 'NAME',
    cpu: 'CPU',
    memory: 'MEMORY',
    disk: 'FULLEST DISK',
    received: 'RECEIVED',
    sent: 'SENT',
    quit: 'q quits',
    more: (count) => `${count} more below`,
  },
  fr: {
    hosts: (count) => (count < 2 ? `${count} machine` : `${count} machines`),
    status: 'ÉTAT',
    name: 'NOM',
    cpu: 'CPU',
    memory: 'MÉMOIRE',
    disk: 'DISQUE LE PLUS PLEIN',
    received: 'REÇU',
    sent: 'ÉMIS',
    quit: 'q pour quitter',
    more: (count) => `${count} de plus en dessous`,
  },
}
