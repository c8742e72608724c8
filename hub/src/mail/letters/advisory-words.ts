// Owns the words of letters about security advisories and the watch that reads them, in English and French.
import type { Locale } from '@vigie/shared/format/locale'
import type { ChangedField } from '../../cert/watch-ports.ts'

export interface AdvisoryWords {
  readonly kicker: Readonly<
    Record<'added' | 'revised' | 'closed', (publisher: string, isAlert: boolean) => string>
  >
  readonly concerns: (hosts: string, count: number) => string
  readonly mayConcern: (count: number) => string
  readonly concernsNone: string
  readonly uncompared: (count: number) => string
  readonly closedLead: (day: string) => string
  readonly titleOnly: string
  readonly openHere: string
  readonly readThere: (publisher: string) => string
  readonly changed: string
  readonly came: Readonly<Record<ChangedField, (count: number) => string>>
  readonly went: (count: number) => string
  readonly rewritten: Readonly<Record<ChangedField, string>>
  readonly concernedHosts: string
  readonly hostsToCheck: string
  readonly more: (count: number) => string
  readonly risks: string
  readonly affected: string
  readonly vulnerabilities: string
  readonly summary: string
  readonly solution: string
  readonly documentation: string
  readonly dates: (facts: {
    reference: string
    isAlert: boolean
    published: string
    revised: string | null
    closed: string | null
  }) => string
  readonly nowConcerned: string
  readonly nowConcernedTitle: (hosts: number, advisories: number) => string
  readonly nowConcernedLead: string
  readonly several: string
  readonly severalTitle: (count: number, concerning: number) => string
  readonly severalLead: string
  readonly digest: string
  readonly digestTitle: (count: number, concerning: number) => string
  readonly digestConcerning: string
  readonly digestToCheck: string
  readonly digestOthers: string
  readonly became: Readonly<Record<'revised' | 'closed', (isAlert: boolean) => string>>
  readonly hosts: (count: number) => string
  readonly watch: string
  readonly begunTitle: (sources: string) => string
  readonly begunLead: string
  readonly openNow: string
  readonly noneOpen: string
  readonly failingTitle: (source: string) => string
  readonly failingLead: (since: string) => string
  readonly partlyTitle: (source: string) => string
  readonly partlyLead: (since: string) => string
  readonly failingWhy: string
  readonly failingMeans: string
  readonly workingTitle: (source: string) => string
  readonly workingLead: (since: string | null) => string
  readonly openWatch: string
}

const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`
// French counts nothing as one.
const plusieurs = (count: number, un: string, plus: string): string =>
  `${count} ${count < 2 ? un : plus}`
// An "alerte" is feminine, an "avis" masculine.
const accord = (participe: string, isAlert: boolean): string =>
  isAlert ? `${participe}e` : participe

export const ADVISORY_WORDS: Readonly<Record<Locale, AdvisoryWords>> = {
  en: {
    kicker: {
      added: (publisher, isAlert) => `${publisher} ${isAlert ? 'alert' : 'notice'}`,
      revised: (publisher, isAlert) => `${publisher} ${isAlert ? 'alert' : 'notice'}, updated`,
      closed: (publisher, isAlert) => `${publisher} ${isAlert ? 'alert' : 'notice'}, closed`,
    },
    concerns: (hosts, count) =>
      `It concerns ${count === 1 ? 'one of your machines' : `${count} of your machines`}: ${hosts}.`,
    mayConcern: (count) =>
      `${many(count, 'machine is', 'machines are')} to be checked: the product is there, and what is written does not decide.`,
    concernsNone: 'No machine here is known to have what it names.',
    uncompared: (count) =>
      `${many(count, 'machine', 'machines')} could not be compared whole: for ${count === 1 ? 'it' : 'them'}, nothing is certain.`,
    closedLead: (day) =>
      `It was closed on ${day}. That is not the end of the threat: what is not patched stays open to it.`,
    titleOnly: 'Only its title could be read so far: the source has the rest.',
    openHere: 'Open in Vigie',
    readThere: (publisher) => `Read it at ${publisher}`,
    changed: 'What changed',
    came: {
      document: () => 'What it says could be read:',
      risks: (count) => `${many(count, 'risk was', 'risks were')} added:`,
      affected: (count) => `${many(count, 'affected system was', 'affected systems were')} added:`,
      cves: (count) => `${many(count, 'vulnerability was', 'vulnerabilities were')} added:`,
      summary: () => 'The summary was changed:',
      solution: () => 'The solution was changed:',
      links: (count) => `${many(count, 'link was', 'links were')} added:`,
      revisions: () => 'The source says of it:',
    },
    went: (count) => `${count} taken away:`,
    rewritten: {
      document: 'What it says could be read now; before there was only its title.',
      risks: 'The risks were written anew.',
      affected: 'The affected systems were written anew.',
      cves: 'The vulnerabilities were written anew.',
      summary: 'The summary was written anew.',
      solution: 'The solution was written anew.',
      links: 'The links were written anew.',
      revisions: 'The history was written anew.',
    },
    concernedHosts: 'Concerned machines',
    hostsToCheck: 'Machines to check',
    more: (count) => `and ${count} more`,
    risks: 'Risks',
    affected: 'Affected systems',
    vulnerabilities: 'Vulnerabilities',
    summary: 'Summary',
    solution: 'Solution',
    documentation: 'Documentation',
    dates: ({ reference, published, revised, closed }) =>
      `${reference}, published on ${published}${revised === null ? '' : `, last changed on ${revised}`}${closed === null ? '' : `, closed on ${closed}`}.`,
    nowConcerned: 'Alert concerns more machines',
    nowConcernedTitle: (hosts, advisories) =>
      `${many(hosts, 'machine is', 'machines are')} concerned by ${many(advisories, 'an open alert', 'open alerts').replace(/^1 /, '')}`,
    nowConcernedLead: 'What is installed there changed, or was told only now.',
    several: 'Security alerts',
    severalTitle: (count, concerning) =>
      `${many(count, 'alert', 'alerts')}, ${concerning === 0 ? 'none concerns your machines' : `${many(concerning, 'concerns', 'concern')} your machines`}`,
    severalLead: 'There were many mails about alerts within the hour: this one tells the others.',
    digest: 'Security notices',
    digestTitle: (count, concerning) =>
      `${many(count, 'notice', 'notices')}, ${concerning === 0 ? 'none concerns your machines' : `${many(concerning, 'concerns', 'concern')} your machines`}`,
    digestConcerning: 'Concern your machines',
    digestToCheck: 'To check',
    digestOthers: 'The others',
    became: { revised: () => 'updated', closed: () => 'closed' },
    hosts: (count) => many(count, 'machine', 'machines'),
    watch: 'CERT watch',
    begunTitle: (sources) => `The watch is on: ${sources}`,
    begunLead:
      'What is new from now on is mailed: alerts at once, notices once a day. What was there before is not told again.',
    openNow: 'Alerts that are open now',
    noneOpen: 'No alert is open.',
    failingTitle: (source) => `The watch cannot see: ${source}`,
    failingLead: (since) =>
      `It has not been read since ${since}. New advisories may exist that nobody here was told of.`,
    partlyTitle: (source) => `The watch sees only in part: ${source}`,
    partlyLead: (since) =>
      `Since ${since} something was wrong each time that it was read. What is new is told as far as it can be seen; what it says may be missing, and which machines it concerns.`,
    failingWhy: 'Why',
    failingMeans:
      'It is tried again at each of its times, and one mail says when it works again. What was read before stays as it is.',
    workingTitle: (source) => `The watch sees again: ${source}`,
    workingLead: (since) =>
      `${since === null ? 'It is read again.' : `It was not read as it should be since ${since}, and is again.`} What was published meanwhile is told by mails of its own.`,
    openWatch: 'Open the watch',
  },
  fr: {
    kicker: {
      added: (publisher, isAlert) => `${isAlert ? 'Alerte' : 'Avis'} ${publisher}`,
      revised: (publisher, isAlert) =>
        `${isAlert ? 'Alerte' : 'Avis'} ${publisher}, ${accord('mis', isAlert)} à jour`,
      closed: (publisher, isAlert) =>
        `${isAlert ? 'Alerte' : 'Avis'} ${publisher}, ${accord('clôturé', isAlert)}`,
    },
    concerns: (hosts, count) =>
      `Elle concerne ${count === 1 ? 'une de vos machines' : `${count} de vos machines`}\u00a0: ${hosts}.`,
    mayConcern: (count) =>
      `${plusieurs(count, 'machine est', 'machines sont')} à vérifier\u00a0: le produit y est, et ce qui est écrit ne tranche pas.`,
    concernsNone: 'Aucune machine connue ici n’a ce qu’elle nomme.',
    uncompared: (count) =>
      `${plusieurs(count, 'machine n’a pas pu être comparée', 'machines n’ont pas pu être comparées')} en entier\u00a0: pour ${count === 1 ? 'elle' : 'elles'}, rien n’est sûr.`,
    closedLead: (day) =>
      `Elle a été clôturée le ${day}. Ce n’est pas la fin de la menace\u00a0: ce qui n’est pas corrigé y reste exposé.`,
    titleOnly: 'Seul son titre a pu être lu jusqu’ici\u00a0: la source a le reste.',
    openHere: 'Ouvrir dans Vigie',
    readThere: (publisher) => `Lire chez ${publisher}`,
    changed: 'Ce qui a changé',
    came: {
      document: () => 'Son contenu a pu être lu\u00a0:',
      risks: (count) => `${plusieurs(count, 'risque ajouté', 'risques ajoutés')}\u00a0:`,
      affected: (count) =>
        `${plusieurs(count, 'système affecté ajouté', 'systèmes affectés ajoutés')}\u00a0:`,
      cves: (count) =>
        `${plusieurs(count, 'vulnérabilité ajoutée', 'vulnérabilités ajoutées')}\u00a0:`,
      summary: () => 'Le résumé a changé\u00a0:',
      solution: () => 'La solution a changé\u00a0:',
      links: (count) => `${plusieurs(count, 'lien ajouté', 'liens ajoutés')}\u00a0:`,
      revisions: () => 'La source en dit\u00a0:',
    },
    went: (count) => `${plusieurs(count, 'retiré', 'retirés')}\u00a0:`,
    rewritten: {
      document: 'Son contenu a pu être lu\u00a0; il n’y avait que son titre.',
      risks: 'Les risques ont été réécrits.',
      affected: 'Les systèmes affectés ont été réécrits.',
      cves: 'Les vulnérabilités ont été réécrites.',
      summary: 'Le résumé a été réécrit.',
      solution: 'La solution a été réécrite.',
      links: 'Les liens ont été réécrits.',
      revisions: 'L’historique a été réécrit.',
    },
    concernedHosts: 'Machines concernées',
    hostsToCheck: 'Machines à vérifier',
    more: (count) => `et ${plusieurs(count, 'autre', 'autres')}`,
    risks: 'Risques',
    affected: 'Systèmes affectés',
    vulnerabilities: 'Vulnérabilités',
    summary: 'Résumé',
    solution: 'Solution',
    documentation: 'Documentation',
    dates: ({ reference, isAlert, published, revised, closed }) =>
      `${reference}, ${accord('publié', isAlert)} le ${published}${revised === null ? '' : `, ${accord('modifié', isAlert)} le ${revised}`}${closed === null ? '' : `, ${accord('clôturé', isAlert)} le ${closed}`}.`,
    nowConcerned: 'Alerte, nouvelles machines concernées',
    nowConcernedTitle: (hosts, advisories) =>
      `${plusieurs(hosts, 'machine est concernée', 'machines sont concernées')} par ${advisories < 2 ? 'une alerte en cours' : `${advisories} alertes en cours`}`,
    nowConcernedLead: 'Ce qui y est installé a changé, ou n’a été connu que maintenant.',
    several: 'Alertes de sécurité',
    severalTitle: (count, concerning) =>
      `${plusieurs(count, 'alerte', 'alertes')}, ${concerning === 0 ? 'aucune ne concerne vos machines' : `${plusieurs(concerning, 'concerne', 'concernent')} vos machines`}`,
    severalLead:
      'Beaucoup d’alertes ont été envoyées en une heure\u00a0: ce message dit les autres.',
    digest: 'Avis de sécurité',
    digestTitle: (count, concerning) =>
      `${count} avis, ${concerning === 0 ? 'aucun ne concerne vos machines' : `${plusieurs(concerning, 'concerne', 'concernent')} vos machines`}`,
    digestConcerning: 'Concernent vos machines',
    digestToCheck: 'À vérifier',
    digestOthers: 'Les autres',
    became: {
      revised: (isAlert) => `${accord('mis', isAlert)} à jour`,
      closed: (isAlert) => accord('clôturé', isAlert),
    },
    hosts: (count) => plusieurs(count, 'machine', 'machines'),
    watch: 'Veille CERT',
    begunTitle: (sources) => `La veille est active\u00a0: ${sources}`,
    begunLead:
      'Ce qui paraît désormais est envoyé\u00a0: les alertes aussitôt, les avis une fois par jour. Ce qui existait avant n’est pas redit.',
    openNow: 'Alertes en cours',
    noneOpen: 'Aucune alerte n’est en cours.',
    failingTitle: (source) => `La veille ne voit plus\u00a0: ${source}`,
    failingLead: (since) =>
      `Rien n’a pu être lu depuis ${since}. Des avis nouveaux peuvent exister, dont personne ici n’a été informé.`,
    partlyTitle: (source) => `La veille ne voit qu’en partie\u00a0: ${source}`,
    partlyLead: (since) =>
      `Depuis ${since}, quelque chose n’allait pas à chaque lecture. Ce qui est nouveau est dit pour autant qu’on le voit\u00a0; il peut manquer ce qu’il contient, et quelles machines il concerne.`,
    failingWhy: 'Pourquoi',
    failingMeans:
      'Un nouvel essai est fait à chacun de ses horaires, et un courriel dira quand tout remarche. Ce qui a été lu reste tel quel.',
    workingTitle: (source) => `La veille voit de nouveau\u00a0: ${source}`,
    workingLead: (since) =>
      `${since === null ? 'La lecture a repris.' : `La lecture n’allait pas bien depuis ${since}\u00a0; tout est lu de nouveau.`} Ce qui a paru entre-temps est dit par d’autres courriels.`,
    openWatch: 'Ouvrir la veille',
  },
}
