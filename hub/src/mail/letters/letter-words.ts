// Owns the words of letters in English and French, beyond those of incidents and rules (shared/src/alerts).
import type { Severity } from '@vigie/shared/api/rule'
import type { Locale } from '@vigie/shared/format/locale'

export interface LetterWords {
  readonly severity: Readonly<Record<Severity, string>>
  readonly over: string
  readonly still: string
  readonly late: string
  readonly summary: string
  readonly incident: (id: number) => string
  /** Kicker and title in one line. */
  readonly subject: (kicker: string, title: string) => string
  readonly openHost: (name: string) => string
  readonly openIncident: string
  readonly openIncidents: string
  readonly take: string
  readonly silence: string
  readonly since: string
  readonly from: (local: string, utc: string, to: string, toUtc: string, lasted: string) => string
  readonly at: string
  readonly for: (span: string) => string
  readonly owner: (name: string) => string
  readonly nobody: string
  readonly learntLate: string
  readonly lostSight: string
  readonly valueAgainstLimit: string
  readonly value: string
  readonly limit: string
  readonly silent: string
  readonly timeToFull: string
  readonly spaceUsed: string
  readonly whenItFired: string
  readonly atWorst: string
  readonly hourBefore: (span: string) => string
  readonly chart: (measure: string, low: string, high: string) => string
  readonly chartLimit: (limit: string) => string
  readonly chartEmpty: (measure: string) => string
  readonly processes: string
  readonly byMemory: (time: string) => string
  readonly byCpu: (time: string) => string
  readonly command: string
  readonly memory: string
  readonly cpu: string
  readonly failedUnits: string
  readonly othersOpen: (host: string) => string
  readonly host: (facts: string) => string
  readonly cores: (count: number) => string
  readonly agent: (version: string) => string
  readonly uptime: (span: string) => string
  readonly why: (rule: string, sentence: string) => string
  readonly nextWhenOver: string
  readonly nextReminder: (time: string) => string
  readonly nextNone: string
  readonly mailedTo: (address: string) => string
  readonly changeMail: string
  readonly written: (time: string) => string
  readonly test: string
  readonly isTest: string
  readonly capped: (perHour: number, time: string) => string
}

export const LETTER_WORDS: Readonly<Record<Locale, LetterWords>> = {
  en: {
    severity: { crisis: 'Crisis', warning: 'Warning' },
    over: 'Over',
    still: 'still so',
    late: 'Late news',
    summary: 'Summary',
    incident: (id) => `Vigie, incident ${id}`,
    subject: (kicker, title) => `${kicker}: ${title}`,
    openHost: (name) => `Open ${name}`,
    openIncident: 'Open the incident',
    openIncidents: 'Open the incidents',
    take: 'Take it',
    silence: 'Silence for an hour',
    since: 'Since ',
    from: (local, utc, to, toUtc, lasted) => `${local}${utc} to ${to}${toUtc}, ${lasted}`,
    at: 'At ',
    for: (span) => `for ${span}`,
    owner: (name) => `${name} has it.`,
    nobody: 'Nobody has taken it yet.',
    learntLate:
      'It ended while its measurements could not reach the hub, and was learnt from what the agent had kept.',
    lostSight:
      'So many at once are more likely the hub’s own network than the hosts; their own mails wait.',
    valueAgainstLimit: 'Value against limit',
    value: 'Value',
    limit: 'Limit',
    silent: 'Silence',
    timeToFull: 'Time to full',
    spaceUsed: 'Used',
    whenItFired: 'as it fired',
    atWorst: 'at worst',
    hourBefore: (span) => `the hour before, ${span}`,
    chart: (measure, low, high) => `${measure}: between ${low} and ${high}`,
    chartLimit: (limit) => `, limit ${limit}`,
    chartEmpty: (measure) => `${measure}: nothing was measured`,
    processes: 'Top processes',
    byMemory: (time) => `by memory, in the minute up to ${time}`,
    byCpu: (time) => `by CPU, in the minute up to ${time}`,
    command: 'Command',
    memory: 'Memory',
    cpu: 'CPU',
    failedUnits: 'Failed units',
    othersOpen: (host) => `Also open on ${host}`,
    host: (facts) => `Host: ${facts}.`,
    cores: (count) => (count === 1 ? '1 core' : `${count} cores`),
    agent: (version) => `agent ${version}`,
    uptime: (span) => `up for ${span}`,
    why: (rule, sentence) => `Rule “${rule}”: when ${sentence}. `,
    nextWhenOver: 'The next mail comes when it is over. ',
    nextReminder: (time) =>
      `The next mail comes when it is over, or as a reminder at ${time} while nobody has taken it. `,
    nextNone: 'This is the last mail about it. ',
    mailedTo: (address) => `Mailed to ${address}; `,
    changeMail: 'change what is mailed',
    test: 'Test',
    isTest: 'This is a test of the mail: nothing of what follows has happened.',
    capped: (perHour, time) =>
      `This is the last of ${perHour} mails within an hour. What comes before ${time} waits for one summary, new security alerts aside; nothing is dropped.`,
    written: (time) => `. Written at ${time}; a delay since then is the relay’s.`,
  },
  fr: {
    severity: { crisis: 'Crise', warning: 'Avertissement' },
    over: 'Terminé',
    still: 'toujours en cours',
    late: 'Après coup',
    summary: 'Récapitulatif',
    incident: (id) => `Vigie, incident ${id}`,
    subject: (kicker, title) => `${kicker}\u00a0: ${title}`,
    openHost: (name) => `Ouvrir ${name}`,
    openIncident: 'Ouvrir l’incident',
    openIncidents: 'Ouvrir les incidents',
    take: 'Je m’en charge',
    silence: 'Silence pendant une heure',
    since: 'Depuis ',
    from: (local, utc, to, toUtc, lasted) => `${local}${utc} à ${to}${toUtc}, soit ${lasted}`,
    at: 'À ',
    for: (span) => `depuis ${span}`,
    owner: (name) => `${name} s’en charge.`,
    nobody: 'Personne ne s’en charge encore.',
    learntLate:
      'C’était terminé avant que ses mesures n’atteignent le hub\u00a0; l’agent les avait gardées.',
    lostSight:
      'Tant de machines à la fois\u00a0: c’est plus sûrement le réseau du hub que les machines\u00a0; leurs propres messages attendent.',
    valueAgainstLimit: 'Valeur et seuil',
    value: 'Valeur',
    limit: 'Seuil',
    silent: 'Silence',
    timeToFull: 'Plein dans',
    spaceUsed: 'Occupé',
    whenItFired: 'au déclenchement',
    atWorst: 'au pire',
    hourBefore: (span) => `l’heure qui précède, ${span}`,
    chart: (measure, low, high) => `${measure}\u00a0: entre ${low} et ${high}`,
    chartLimit: (limit) => `, seuil ${limit}`,
    chartEmpty: (measure) => `${measure}\u00a0: rien n’a été mesuré`,
    processes: 'Processus les plus actifs',
    byMemory: (time) => `par mémoire, dans la minute jusqu’à ${time}`,
    byCpu: (time) => `par processeur, dans la minute jusqu’à ${time}`,
    command: 'Commande',
    memory: 'Mémoire',
    cpu: 'Processeur',
    failedUnits: 'Unités en échec',
    othersOpen: (host) => `Également en cours sur ${host}`,
    host: (facts) => `Machine\u00a0: ${facts}.`,
    cores: (count) => (count === 1 ? '1\u00a0cœur' : `${count}\u00a0cœurs`),
    agent: (version) => `agent ${version}`,
    uptime: (span) => `allumée depuis ${span}`,
    why: (rule, sentence) => `Règle «\u00a0${rule}\u00a0»\u00a0: quand ${sentence}. `,
    nextWhenOver: 'Le prochain message viendra quand ce sera terminé. ',
    nextReminder: (time) =>
      `Le prochain message viendra quand ce sera terminé, ou en rappel à ${time} si personne ne s’en charge. `,
    nextNone: 'C’est le dernier message à ce sujet. ',
    mailedTo: (address) => `Envoyé à ${address}\u00a0; `,
    changeMail: 'choisir ce qui est envoyé',
    test: 'Essai',
    isTest: 'Ceci est un essai du courrier\u00a0: rien de ce qui suit n’est arrivé.',
    capped: (perHour, time) =>
      `C’est le dernier de ${perHour} messages en une heure. La suite attendra ${time} dans un seul récapitulatif, sauf les nouvelles alertes de sécurité\u00a0; rien n’est perdu.`,
    written: (time) => `. Écrit à ${time}\u00a0; un retard depuis lors est celui du relais.`,
  },
}
