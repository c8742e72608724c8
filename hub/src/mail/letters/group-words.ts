// Owns the words of letters that tell several incidents at once, and of the week's.
import { fixed } from '@vigie/shared/format/number'
import type { Locale } from '@vigie/shared/format/locale'

export type Standing = 'began' | 'still' | 'over'

export interface GroupWords {
  readonly incidentsOnHosts: (incidents: number, hosts: number) => string
  readonly hostsDown: (hosts: number) => string
  readonly hostsBack: (hosts: number) => string
  readonly standing: (standing: Standing, count: number) => string
  readonly between: (span: string) => string
  readonly summary: string
  readonly late: string
  readonly several: string
  readonly allIsWell: string
  readonly week: string
  readonly weekTitle: (facts: {
    hosts: number
    crises: number
    down: number
    mailWorks: boolean
  }) => string
  readonly weekLead: (from: string, to: string) => string
  readonly weekMail: string
  readonly incidents: string
  readonly noIncidents: string
  readonly andMore: (count: number) => string
  readonly downNow: string
  readonly outdated: string
  readonly hubLines: (facts: {
    delivered: string
    failed: string
    waiting: string
    size: string
    free: string
  }) => string
  readonly crises: (count: number) => string
  readonly warnings: (count: number) => string
}

const number = (count: number, locale: Locale): string => fixed(count, 0, locale)
const en = (count: number, one: string, many = `${one}s`): string =>
  `${number(count, 'en')} ${count === 1 ? one : many}`
/** In French nothing is one too. */
const fr = (count: number, one: string, many = `${one}s`): string =>
  `${number(count, 'fr')} ${count < 2 ? one : many}`

export const GROUP_WORDS: Readonly<Record<Locale, GroupWords>> = {
  en: {
    incidentsOnHosts: (incidents, hosts) => `${en(incidents, 'incident')} on ${en(hosts, 'host')}`,
    hostsDown: (hosts) =>
      hosts === 1 ? '1 host is down' : `${number(hosts, 'en')} hosts are down`,
    hostsBack: (hosts) => `${en(hosts, 'host')} back`,
    standing: (standing, count) =>
      ({
        began: 'began',
        still: count === 1 ? 'is still so' : 'are still so',
        over: count === 1 ? 'is over' : 'are over',
      })[standing],
    between: (span) => `All of it happened from ${span}.`,
    summary: 'These waited, because you had as many mails within an hour as you are sent.',
    late: 'This happened, and ended, while measurements could not reach the hub; agents had kept them.',
    several: 'Vigie, several incidents',
    allIsWell: 'All is well',
    week: 'The week',
    weekTitle: ({ hosts, crises, down, mailWorks }) =>
      [
        en(hosts, 'host'),
        en(crises, 'crisis', 'crises'),
        ...(down > 0 ? [`${number(down, 'en')} down`] : []),
        mailWorks ? 'mail path works' : 'some mail failed',
      ].join(', '),
    weekLead: (from, to) => `From ${from} to ${to}.`,
    weekMail: 'That this mail arrived shows that the hub runs and that its mail gets through.',
    incidents: 'Incidents',
    noIncidents: 'None. Nothing was wrong for long enough to be one.',
    andMore: (count) => `and ${number(count, 'en')} more`,
    downNow: 'Down now',
    outdated: 'Agents older than the hub',
    hubLines: ({ delivered, failed, waiting, size, free }) =>
      `Mails: ${delivered} delivered, ${failed} failed, ${waiting} waiting. Database: ${size}, with ${free} free on its disk.`,
    crises: (count) => en(count, 'crisis', 'crises'),
    warnings: (count) => en(count, 'warning'),
  },
  fr: {
    incidentsOnHosts: (incidents, hosts) =>
      `${fr(incidents, 'incident')} sur ${fr(hosts, 'machine')}`,
    hostsDown: (hosts) => `${fr(hosts, 'machine est', 'machines sont')} en panne`,
    hostsBack: (hosts) => `${fr(hosts, 'machine')} de retour`,
    standing: (standing, count) =>
      ({
        began: count < 2 ? 'a commencé' : 'ont commencé',
        still: count < 2 ? 'dure encore' : 'durent encore',
        over: count < 2 ? 'est terminé' : 'sont terminés',
      })[standing],
    between: (span) => `Tout s’est passé de ${span}.`,
    summary:
      'Ceux-ci attendaient\u00a0: vous aviez reçu autant de messages en une heure qu’il vous en est envoyé.',
    late: 'Cela s’est passé, et terminé, pendant que les mesures n’atteignaient pas le hub\u00a0; les agents les avaient gardées.',
    several: 'Vigie, plusieurs incidents',
    allIsWell: 'Tout va bien',
    week: 'La semaine',
    weekTitle: ({ hosts, crises, down, mailWorks }) =>
      [
        fr(hosts, 'machine'),
        fr(crises, 'crise'),
        ...(down > 0 ? [`${number(down, 'fr')} en panne`] : []),
        mailWorks ? 'le courrier passe' : 'des messages ont échoué',
      ].join(', '),
    weekLead: (from, to) => `Du ${from} au ${to}.`,
    weekMail: 'Ce message arrivé montre que le hub tourne et que son courrier passe.',
    incidents: 'Incidents',
    noIncidents: 'Aucun. Rien n’a été anormal assez longtemps pour en être un.',
    andMore: (count) => `et ${fr(count, 'autre')}`,
    downNow: 'En panne en ce moment',
    outdated: 'Agents plus anciens que le hub',
    hubLines: ({ delivered, failed, waiting, size, free }) =>
      `Messages\u00a0: ${delivered} remis, ${failed} échoués, ${waiting} en attente. Base de données\u00a0: ${size}, avec ${free} libres sur son disque.`,
    crises: (count) => fr(count, 'crise'),
    warnings: (count) => fr(count, 'avertissement'),
  },
}
