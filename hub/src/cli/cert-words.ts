// Owns the words of the commands about advisories in English and French.
import type { Verdict } from '@vigie/shared/api/advisory'
import type { WatchRun } from '@vigie/shared/api/cert-watch'
import type { Locale } from '@vigie/shared/format/locale'

interface CertWords {
  readonly headings: readonly string[]
  readonly noneOpen: string
  readonly noneConcerns: string
  readonly open: string
  readonly closed: string
  readonly removed: string
  readonly hosts: (concerned: number, toCheck: number) => string
  readonly facts: Readonly<
    Record<
      | 'published'
      | 'revised'
      | 'closed'
      | 'source'
      | 'risks'
      | 'cves'
      | 'owner'
      | 'handled'
      | 'link',
      string
    >
  >
  readonly affected: string
  readonly summary: string
  readonly solution: string
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly noHosts: string
  readonly uncompared: (count: number) => string
  readonly handled: Readonly<Record<'patched' | 'not-concerned', string>>
  readonly reading: string
  readonly run: (said: { source: string; read: number; by: WatchRun['by']; s: string }) => string
  readonly newOnes: (count: number) => string
  readonly changedOnes: (count: number) => string
  readonly nothingNew: string
  readonly failed: (source: string) => string
}

const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`
// French counts nothing as one.
const plusieurs = (count: number, un: string, plus: string): string =>
  `${count} ${count < 2 ? un : plus}`

export const CERT_WORDS: Readonly<Record<Locale, CertWords>> = {
  en: {
    headings: ['REFERENCE', 'PUBLISHED', 'STATE', 'HOSTS', 'TITLE'],
    noneOpen: 'No advisory is open. `--all` lists those that are closed too.',
    noneConcerns: 'No advisory is known to concern a host.',
    open: 'open',
    closed: 'closed',
    removed: 'taken away',
    hosts: (concerned, toCheck) =>
      [
        ...(concerned > 0 ? [`${concerned} concerned`] : []),
        ...(toCheck > 0 ? [`${toCheck} to check`] : []),
      ].join(', ') || '-',
    facts: {
      published: 'Published',
      revised: 'Changed',
      closed: 'Closed',
      source: 'Source',
      risks: 'Risks',
      cves: 'Vulnerabilities',
      owner: 'Taken by',
      handled: 'Handled',
      link: 'Link',
    },
    affected: 'Affected systems',
    summary: 'Summary',
    solution: 'Solution',
    verdicts: { concerned: 'Concerned', check: 'To check', not: 'Not concerned' },
    noHosts: 'No host is known to have what it names.',
    uncompared: (count) =>
      `${many(count, 'host', 'hosts')} could not be compared whole: for ${count === 1 ? 'it' : 'them'}, nothing is certain.`,
    handled: { patched: 'patched', 'not-concerned': 'not concerned' },
    reading: 'reading',
    run: ({ source, read, by, s }) =>
      `${source}: ${read} listed${by === 'feed' ? ', by the feed' : ''}, in ${s} s`,
    newOnes: (count) => many(count, 'is new:', 'are new:'),
    changedOnes: (count) => many(count, 'has changed:', 'have changed:'),
    nothingNew: 'nothing is new',
    failed: (source) => `${source}: could not be read`,
  },
  fr: {
    headings: ['RÉFÉRENCE', 'PUBLIÉ', 'ÉTAT', 'MACHINES', 'TITRE'],
    noneOpen: 'Aucun avis n’est en cours. `--all` donne aussi ceux qui sont clos.',
    noneConcerns: 'Aucun avis connu ne concerne une machine.',
    open: 'en cours',
    closed: 'clos',
    removed: 'retiré',
    hosts: (concerned, toCheck) =>
      [
        ...(concerned > 0 ? [plusieurs(concerned, 'concernée', 'concernées')] : []),
        ...(toCheck > 0 ? [`${toCheck} à vérifier`] : []),
      ].join(', ') || '-',
    facts: {
      published: 'Publié',
      revised: 'Modifié',
      closed: 'Clos',
      source: 'Source',
      risks: 'Risques',
      cves: 'Vulnérabilités',
      owner: 'Pris par',
      handled: 'Traité',
      link: 'Lien',
    },
    affected: 'Systèmes affectés',
    summary: 'Résumé',
    solution: 'Solution',
    verdicts: { concerned: 'Concernées', check: 'À vérifier', not: 'Non concernées' },
    noHosts: 'Aucune machine connue n’a ce qu’il nomme.',
    uncompared: (count) =>
      `${plusieurs(count, 'machine n’a pas pu être comparée', 'machines n’ont pas pu être comparées')} en entier\u00a0: pour ${count === 1 ? 'elle' : 'elles'}, rien n’est sûr.`,
    handled: { patched: 'corrigé', 'not-concerned': 'non concerné' },
    reading: 'lecture',
    run: ({ source, read, by, s }) =>
      `${source}\u00a0: ${read} dans la liste${by === 'feed' ? ', par le flux' : ''}, en ${s} s`,
    newOnes: (count) => plusieurs(count, 'est nouveau\u00a0:', 'sont nouveaux\u00a0:'),
    changedOnes: (count) => plusieurs(count, 'a changé\u00a0:', 'ont changé\u00a0:'),
    nothingNew: 'rien de nouveau',
    failed: (source) => `${source}\u00a0: lecture impossible`,
  },
}
