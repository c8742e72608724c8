// Owns the names of the rules that every hub begins with. The English one is kept in the rule, where people may change it.
import type { Locale } from '../format/locale.ts'
import { plainLine } from './plain-line.ts'

export const DEFAULT_RULE_NAMES = {
  'host-down': { en: 'Host down', fr: 'Machine en panne' },
  'filesystem-nearly-full': {
    en: 'Filesystem nearly full',
    fr: 'Système de fichiers presque plein',
  },
  'filesystem-fills': { en: 'Filesystem fills up', fr: 'Système de fichiers qui se remplit' },
  inodes: { en: 'Inodes nearly used up', fr: 'Inodes presque épuisés' },
  'memory-available': { en: 'Memory short', fr: 'Mémoire presque épuisée' },
  'swap-thrash': { en: 'Memory thrashing', fr: 'Mémoire saturée' },
  'cpu-saturated': { en: 'CPU saturated', fr: 'Processeur saturé' },
  'filesystem-read-only': {
    en: 'Filesystem read-only',
    fr: 'Système de fichiers en lecture seule',
  },
  'oom-kill': { en: 'Process killed, out of memory', fr: 'Processus tué faute de mémoire' },
  'failed-units': { en: 'systemd unit failed', fr: 'Unité systemd en échec' },
  'unexpected-reboot': { en: 'Unexpected reboot', fr: 'Redémarrage imprévu' },
  'clock-offset': { en: 'Clock off', fr: 'Horloge décalée' },
  temperature: { en: 'Temperature high', fr: 'Température élevée' },
  'reboot-required': { en: 'Reboot required', fr: 'Redémarrage requis' },
} as const satisfies Record<string, Readonly<Record<Locale, string>>>

export type DefaultRuleKey = keyof typeof DEFAULT_RULE_NAMES

const byKey = new Map<string, Readonly<Record<Locale, string>>>(Object.entries(DEFAULT_RULE_NAMES))

/** In the reader's language while it has the name that it began with. */
export function ruleName(rule: { key: string | null; name: string }, locale: Locale): string {
  const names = rule.key === null ? undefined : byKey.get(rule.key)
  return names?.en === rule.name ? names[locale] : plainLine(rule.name)
}
