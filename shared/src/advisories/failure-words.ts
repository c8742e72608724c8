// Owns the words for why a source of advisories could not be read, and the names of the sources, in English and French.
import type { AdvisorySourceId } from '../api/advisory.ts'
import type { WatchFailureKind } from '../api/cert-watch.ts'
import type { Locale } from '../format/locale.ts'

const FAILURES: Readonly<Record<Locale, Readonly<Record<WatchFailureKind, string>>>> = {
  en: {
    'no-cards': 'the list holds no advisory: taken as a fault, never as no news',
    'blank-title': 'an advisory has no title: the site is made otherwise than before',
    'bad-reference': 'an advisory has no reference that can be read',
    'bad-date': 'an advisory has no date that can be read',
    'went-backwards': 'the newest advisory is older than before: the list is not the whole one',
    'feed-disagrees': 'the feed knows an advisory that the page does not show',
    'http-error': 'the site answered with an error',
    'certificate-error': 'the site’s certificate is not good',
    unreachable: 'the site cannot be reached',
    'proxy-error': 'the proxy of the environment lets nothing through',
    maintenance: 'the site is in maintenance',
    challenge: 'the site asks for a proof that a person reads it',
    'too-large': 'what the site sent is larger than anything that is read',
    'bad-document': 'an advisory’s document could not be read',
    disallowed: 'the site’s robots.txt forbids it',
    deadline: 'it took longer than a run may take',
    'no-browser': 'there is no Chromium to read the page with',
    'browser-died': 'Chromium ended while it read',
  },
  fr: {
    'no-cards':
      'la liste ne contient aucun avis\u00a0: tenu pour une panne, jamais pour rien de neuf',
    'blank-title': 'un avis n’a pas de titre\u00a0: le site n’est plus fait comme avant',
    'bad-reference': 'un avis n’a pas de référence lisible',
    'bad-date': 'un avis n’a pas de date lisible',
    'went-backwards':
      'l’avis le plus récent est plus ancien qu’avant\u00a0: la liste n’est pas entière',
    'feed-disagrees': 'le flux connaît un avis que la page ne montre pas',
    'http-error': 'le site a répondu par une erreur',
    'certificate-error': 'le certificat du site n’est pas valable',
    unreachable: 'le site est injoignable',
    'proxy-error': 'le mandataire de l’environnement ne laisse rien passer',
    maintenance: 'le site est en maintenance',
    challenge: 'le site demande la preuve qu’une personne le lit',
    'too-large': 'le site a envoyé plus que ce qui est lu',
    'bad-document': 'le document d’un avis n’a pas pu être lu',
    disallowed: 'le robots.txt du site l’interdit',
    deadline: 'la lecture a duré plus longtemps que permis',
    'no-browser': 'il n’y a pas de Chromium pour lire la page',
    'browser-died': 'Chromium s’est arrêté pendant la lecture',
  },
}

const SOURCES: Readonly<Record<Locale, Readonly<Record<AdvisorySourceId, string>>>> = {
  en: {
    'certfr-alerts': 'CERT-FR alerts',
    'certfr-notices': 'CERT-FR notices',
    'cisa-kev': 'CISA known exploited vulnerabilities',
    debian: 'Debian security advisories',
  },
  fr: {
    'certfr-alerts': 'alertes du CERT-FR',
    'certfr-notices': 'avis du CERT-FR',
    'cisa-kev': 'vulnérabilités exploitées connues de la CISA',
    debian: 'avis de sécurité de Debian',
  },
}

const PUBLISHERS: Readonly<Record<AdvisorySourceId, string>> = {
  'certfr-alerts': 'CERT-FR',
  'certfr-notices': 'CERT-FR',
  'cisa-kev': 'CISA',
  debian: 'Debian',
}

/** A clause without a full stop. */
export function failureWords(kind: WatchFailureKind, locale: Locale): string {
  return FAILURES[locale][kind]
}

/** As a sentence has it: "CERT-FR alerts". */
export function sourceName(source: AdvisorySourceId, locale: Locale): string {
  return SOURCES[locale][source]
}

/** Who publishes it. */
export function publisherOf(source: AdvisorySourceId): string {
  return PUBLISHERS[source]
}
