// Owns the words of the commands about incidents, rules and mails in English and French.
import type { IncidentState } from '@vigie/shared/api/incident'
import type { MailKind, MailState } from '@vigie/shared/api/mail'
import type { Severity } from '@vigie/shared/api/rule'
import type { Locale } from '@vigie/shared/format/locale'

interface AlertWords {
  readonly incidentHeadings: readonly string[]
  readonly ruleHeadings: readonly string[]
  readonly episodeHeadings: readonly string[]
  readonly noneOpen: string
  readonly noneEver: string
  readonly severities: Readonly<Record<Severity, string>>
  readonly states: Readonly<Record<IncidentState, string>>
  readonly ownedBy: (owner: string) => string
  readonly lasted: (span: string) => string
  readonly silenced: string
  readonly mail: {
    readonly delivered: (count: number) => string
    readonly waiting: (count: number) => string
    readonly refused: (count: number) => string
  }
  readonly off: string
  readonly replayed: (said: {
    readonly rule: string
    readonly span: string
    readonly times: number
    readonly hosts: number
    readonly mails: number
  }) => string
  readonly approximate: string
  readonly stillFiring: string
  readonly kinds: Readonly<Record<MailKind, string>>
  readonly mailStates: Readonly<Record<MailState, string>>
  readonly again: (time: string) => string
  readonly notTried: string
}

const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`
// French counts nothing as one.
const plusieurs = (count: number, un: string, plus: string): string =>
  `${count} ${count < 2 ? un : plus}`

export const ALERT_WORDS: Readonly<Record<Locale, AlertWords>> = {
  en: {
    incidentHeadings: ['ID', 'SEVERITY', 'WHAT', 'SINCE', 'STATE', 'MAIL'],
    ruleHeadings: ['ID', 'SEVERITY', 'NAME', 'SAYS'],
    episodeHeadings: ['FIRED', 'LASTED', 'HOST', 'WHAT', 'WORST'],
    noneOpen: 'No incident is open.',
    noneEver: 'There was no incident in the last ten days.',
    severities: { crisis: 'crisis', warning: 'warning' },
    states: {
      pending: 'pending',
      firing: 'nobody has it',
      acknowledged: 'taken',
      resolved: 'over',
    },
    ownedBy: (owner) => `${owner} has it`,
    lasted: (span) => `over, lasted ${span}`,
    silenced: 'silenced',
    mail: {
      delivered: (count) => `${count} delivered`,
      waiting: (count) => many(count, 'waits', 'wait'),
      refused: (count) => `${count} failed`,
    },
    off: 'off',
    replayed: ({ rule, span, times, hosts, mails }) =>
      times === 0
        ? `${rule}: over ${span} it would not have fired.`
        : `${rule}: over ${span} it would have fired ${many(times, 'time', 'times')} on ${many(hosts, 'host', 'hosts')}, and sent ${many(mails, 'mail', 'mails')}.`,
    approximate: 'About so: not every second was looked at.',
    stillFiring: 'still firing',
    kinds: {
      opened: 'opened',
      resolved: 'resolved',
      reminder: 'reminder',
      group: 'several at once',
      summary: 'summary',
      late: 'late',
      weekly: 'weekly',
      test: 'test',
      advisory: 'advisory',
      'advisory-digest': 'digest of notices',
      watch: 'CERT watch',
    },
    mailStates: {
      waiting: 'waits',
      delivered: 'delivered',
      refused: 'refused',
      expired: 'given up',
    },
    again: (time) => `again at ${time}`,
    notTried: 'the hub has not tried it yet',
  },
  fr: {
    incidentHeadings: ['N°', 'GRAVITÉ', 'QUOI', 'DEPUIS', 'ÉTAT', 'COURRIEL'],
    ruleHeadings: ['N°', 'GRAVITÉ', 'NOM', 'DIT'],
    episodeHeadings: ['DÉCLENCHÉE', 'DURÉE', 'MACHINE', 'QUOI', 'AU PIRE'],
    noneOpen: 'Aucun incident n’est ouvert.',
    noneEver: 'Aucun incident ces dix derniers jours.',
    severities: { crisis: 'crise', warning: 'avertissement' },
    states: {
      pending: 'en attente',
      firing: 'personne ne s’en charge',
      acknowledged: 'pris en charge',
      resolved: 'terminé',
    },
    ownedBy: (owner) => `${owner} s’en charge`,
    lasted: (span) => `terminé, a duré ${span}`,
    silenced: 'en silence',
    mail: {
      delivered: (count) => plusieurs(count, 'remis', 'remis'),
      waiting: (count) => `${count} en attente`,
      refused: (count) => plusieurs(count, 'échoué', 'échoués'),
    },
    off: 'désactivée',
    replayed: ({ rule, span, times, hosts, mails }) =>
      times === 0
        ? `${rule}\u00a0: sur ${span}, elle ne se serait pas déclenchée.`
        : `${rule}\u00a0: sur ${span}, elle se serait déclenchée ${times} fois sur ${plusieurs(hosts, 'machine', 'machines')}, et aurait envoyé ${plusieurs(mails, 'courriel', 'courriels')}.`,
    approximate: 'À peu près\u00a0: toutes les secondes n’ont pas été regardées.',
    stillFiring: 'encore en cours',
    kinds: {
      opened: 'ouvert',
      resolved: 'terminé',
      reminder: 'rappel',
      group: 'plusieurs à la fois',
      summary: 'récapitulatif',
      late: 'en retard',
      weekly: 'hebdomadaire',
      test: 'essai',
      advisory: 'alerte du CERT',
      'advisory-digest': 'avis du jour',
      watch: 'veille CERT',
    },
    mailStates: {
      waiting: 'attend',
      delivered: 'remis',
      refused: 'refusé',
      expired: 'abandonné',
    },
    again: (time) => `nouvel essai à ${time}`,
    notTried: 'le hub ne l’a pas encore essayé',
  },
}
