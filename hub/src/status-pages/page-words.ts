// Owns the words of status pages, in English and French.
import type { Locale } from '@vigie/shared/format/locale'

type Counted = (count: number, total: number) => string

interface Words {
  readonly servers: string
  readonly server: (number: number) => string
  readonly noServers: string
  readonly allUp: Counted
  readonly allDown: Counted
  readonly someDown: Counted
  readonly someUnknown: Counted
  readonly someMaintained: Counted
  readonly noProblem: string
  readonly problems: (crisis: number, warning: number) => string
  readonly up: string
  readonly down: string
  readonly downSince: (time: string) => string
  readonly unknown: string
  readonly unknownSince: (time: string) => string
  readonly maintainedUntil: (time: string) => string
  readonly byDay: string
  readonly tenDays: string
  readonly dayDown: (span: string) => string
  readonly dayMaintained: (span: string) => string
  readonly dayUnknown: (span: string) => string
  readonly dayNothing: string
  readonly more: Counted
  readonly computed: (time: string) => string
  readonly renewed: string
  readonly stillDo: string
  readonly still: string
  readonly renewDo: string
  readonly howTitle: string
  readonly how: readonly string[]
  readonly missingTitle: string
  readonly missing: string
  readonly failedTitle: string
  readonly failed: string
}

const of = (count: number, total: number): string => `${count} of ${total} `

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    servers: 'Servers',
    server: (number) => `Server ${number}`,
    noServers: 'No server is on this page yet.',
    allUp: (_, total) => (total === 1 ? 'The server is up.' : `All ${total} servers are up.`),
    allDown: (_, total) => (total === 1 ? 'The server is down.' : `All ${total} servers are down.`),
    someDown: (count, total) => `${of(count, total)}servers ${count === 1 ? 'is' : 'are'} down.`,
    someUnknown: (count, total) =>
      total === 1
        ? 'How the server is, is not known at the moment.'
        : `How ${of(count, total)}servers ${count === 1 ? 'is' : 'are'}, is not known at the moment.`,
    someMaintained: (count, total) =>
      total === 1
        ? 'The server is in maintenance.'
        : `${of(count, total)}servers ${count === 1 ? 'is' : 'are'} in maintenance.`,
    noProblem: 'No problem is open.',
    problems: (crisis, warning) =>
      `Open problems: ${[
        crisis > 0 ? `${crisis} critical` : '',
        warning > 0 ? `${warning} ${warning === 1 ? 'warning' : 'warnings'}` : '',
      ]
        .filter(Boolean)
        .join(', ')}.`,
    up: 'Up',
    down: 'Down',
    downSince: (time) => `Down since ${time}`,
    unknown: 'Not known',
    unknownSince: (time) => `Not known since ${time}`,
    maintainedUntil: (time) => `In maintenance until ${time}`,
    byDay: 'Availability by day (UTC), in %',
    tenDays: '10 days',
    dayDown: (span) => `down for ${span}`,
    dayMaintained: (span) => `in maintenance for ${span}`,
    dayUnknown: (span) => `not known for ${span}`,
    dayNothing: 'not known',
    more: (count) => `${count} more ${count === 1 ? 'server' : 'servers'} not shown here.`,
    computed: (time) => `As of ${time}`,
    renewed: 'This page reads itself anew each minute.',
    stillDo: 'Stop that',
    still: 'This page stays as it is.',
    renewDo: 'Read it anew each minute',
    howTitle: 'How this is counted',
    how: [
      'The figure of a day is the share of the time in which the server was heard of, rounded down. Times are in UTC, and so are days.',
      'What is not known, such as while nobody watched, and planned maintenance do not count, neither for nor against.',
      'A bar is full for a day without a fault; the hollow part stands for what was down, and is never drawn smaller than can be seen. A dashed bar is a day of which nothing counts.',
    ],
    missingTitle: 'No page here',
    missing: 'There is no status page at this address, or it is not shared any more.',
    failedTitle: 'Not known',
    failed: 'The status cannot be told just now. Try again in a minute.',
  },
  fr: {
    servers: 'Serveurs',
    server: (number) => `Serveur ${number}`,
    noServers: 'Aucun serveur sur cette page pour l’instant.',
    allUp: (_, total) =>
      total === 1 ? 'Le serveur est en ligne.' : `Les ${total} serveurs sont en ligne.`,
    allDown: (_, total) =>
      total === 1 ? 'Le serveur est en panne.' : `Les ${total} serveurs sont en panne.`,
    someDown: (count, total) =>
      `${count} serveur${count === 1 ? '' : 's'} sur ${total} ${count === 1 ? 'est' : 'sont'} en panne.`,
    someUnknown: (count, total) =>
      total === 1
        ? 'L’état du serveur n’est pas connu en ce moment.'
        : `L’état de ${count} serveur${count === 1 ? '' : 's'} sur ${total} n’est pas connu en ce moment.`,
    someMaintained: (count, total) =>
      total === 1
        ? 'Le serveur est en maintenance.'
        : `${count} serveur${count === 1 ? '' : 's'} sur ${total} ${count === 1 ? 'est' : 'sont'} en maintenance.`,
    noProblem: 'Aucun problème en cours.',
    problems: (crisis, warning) =>
      `Problèmes en cours\u202f: ${[
        crisis > 0 ? `${crisis} critique${crisis === 1 ? '' : 's'}` : '',
        warning > 0 ? `${warning} avertissement${warning === 1 ? '' : 's'}` : '',
      ]
        .filter(Boolean)
        .join(', ')}.`,
    up: 'En ligne',
    down: 'En panne',
    downSince: (time) => `En panne depuis le ${time}`,
    unknown: 'État inconnu',
    unknownSince: (time) => `État inconnu depuis le ${time}`,
    maintainedUntil: (time) => `En maintenance jusqu’au ${time}`,
    byDay: 'Disponibilité par jour (UTC), en %',
    tenDays: '10 jours',
    dayDown: (span) => `en panne pendant ${span}`,
    dayMaintained: (span) => `en maintenance pendant ${span}`,
    dayUnknown: (span) => `état inconnu pendant ${span}`,
    dayNothing: 'état inconnu',
    more: (count) =>
      count === 1
        ? '1 autre serveur n’est pas montré ici.'
        : `${count} autres serveurs ne sont pas montrés ici.`,
    computed: (time) => `État au ${time}`,
    renewed: 'Cette page se relit toute seule chaque minute.',
    stillDo: 'Arrêter cela',
    still: 'Cette page reste telle quelle.',
    renewDo: 'La relire chaque minute',
    howTitle: 'Comment c’est compté',
    how: [
      'Le chiffre d’un jour est la part du temps où le serveur donnait signe de vie, arrondie vers le bas. Les heures et les jours sont en UTC.',
      'Ce qui n’est pas connu, par exemple quand personne ne surveillait, et les maintenances prévues ne comptent ni pour ni contre.',
      'La barre d’un jour sans faute est pleine\u202f; sa partie creuse est le temps de panne, jamais dessinée trop petite pour être vue. Une barre en tirets est un jour dont rien ne compte.',
    ],
    missingTitle: 'Pas de page ici',
    missing: 'Il n’y a pas de page d’état à cette adresse, ou elle n’est plus partagée.',
    failedTitle: 'État inconnu',
    failed: 'L’état ne peut pas être donné pour l’instant. Réessayez dans une minute.',
  },
}
