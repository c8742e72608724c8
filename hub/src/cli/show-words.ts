// Owns the words of `vigie show` and `vigie watch` in English and French.
import type { HostStatus, StatusReason } from '@vigie/shared/api/host'
import type { Locale } from '@vigie/shared/format/locale'
import type { ChartGroup } from '@vigie/shared/metrics/catalogue'

interface ShowWords {
  readonly status: string
  readonly since: string
  readonly lastSeen: string
  readonly never: string
  readonly system: string
  readonly hardware: string
  readonly uptime: string
  readonly addresses: string
  readonly agent: string
  readonly ago: (age: string) => string
  readonly every: (interval: string) => string
  /** A status and why it is so. */
  readonly because: (status: string, reason: string) => string
  readonly statuses: Readonly<Record<HostStatus, string>>
  readonly reasons: Readonly<Record<StatusReason, string>>
  readonly groups: Readonly<Record<ChartGroup | 'custom', string>>
}

export const SHOW_WORDS: Readonly<Record<Locale, ShowWords>> = {
  en: {
    status: 'Status',
    since: 'Since',
    lastSeen: 'Last seen',
    never: 'never',
    system: 'System',
    hardware: 'Machine',
    uptime: 'Up for',
    addresses: 'Addresses',
    agent: 'Agent',
    ago: (age) => `${age} ago`,
    every: (interval) => `every ${interval}`,
    because: (status, reason) => `${status}: ${reason}`,
    statuses: { up: 'up', down: 'down', unknown: 'unknown' },
    reasons: {
      reporting: 'it reports',
      silent: 'nothing was heard of it',
      stopped: 'its agent was stopped',
      rebooting: 'it reboots',
      upgrading: 'its agent is being upgraded',
      'never-seen': 'it never sent anything',
      'hub-started': 'the hub has just started',
      retired: 'it was retired',
      revoked: 'its agent was revoked',
      awaited: 'its agent is awaited',
    },
    groups: {
      cpu: 'CPU',
      memory: 'Memory',
      pressure: 'Pressure',
      disk: 'Disks',
      filesystem: 'Filesystems',
      network: 'Network',
      sensors: 'Sensors',
      system: 'System',
      agent: 'Agent',
      custom: 'Custom',
    },
  },
  fr: {
    status: 'État',
    since: 'Depuis',
    lastSeen: 'Vue pour la dernière fois',
    never: 'jamais',
    system: 'Système',
    hardware: 'Machine',
    uptime: 'Allumée depuis',
    addresses: 'Adresses',
    agent: 'Agent',
    ago: (age) => `il y a ${age}`,
    every: (interval) => `toutes les ${interval}`,
    because: (status, reason) => `${status} : ${reason}`,
    statuses: { up: 'en bonne santé', down: 'en panne', unknown: 'inconnu' },
    reasons: {
      reporting: 'elle envoie ses mesures',
      silent: 'plus aucune nouvelle',
      stopped: 'son agent a été arrêté',
      rebooting: 'elle redémarre',
      upgrading: 'son agent est en cours de mise à jour',
      'never-seen': 'elle n’a jamais rien envoyé',
      'hub-started': 'le hub vient de démarrer',
      retired: 'elle a été retirée',
      revoked: 'son agent a été révoqué',
      awaited: 'son agent est attendu',
    },
    groups: {
      cpu: 'Processeur',
      memory: 'Mémoire',
      pressure: 'Pression',
      disk: 'Disques',
      filesystem: 'Systèmes de fichiers',
      network: 'Réseau',
      sensors: 'Capteurs',
      system: 'Système',
      agent: 'Agent',
      custom: 'Particulières',
    },
  },
}
