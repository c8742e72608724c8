// Owns the sentences that say why an advisory concerns a host, or why somebody has to look.
import type { Evidence } from '../api/advisory.ts'
import type { Locale } from '../format/locale.ts'

/** Concerned by the first ten, to be checked by the others. */
export const EVIDENCE_RULES = [
  'in-range',
  'all-versions',
  'notice-unfixed',
  'notice-older',
  'kernel-unfixed',
  'kernel-older',
  'system-older',
  'debian-older',
  'debian-update',
  'debian-open',
  'debian-minor',
  'debian-undetermined',
  'debian-unknown',
  'backport',
  'patch',
  'condition',
  'component',
  'no-version',
  'unclear-version',
  'own-numbering',
  'edition',
  'kernel-series',
  'kernel-unknown',
  'windows-updates',
  'notice-no-package',
  'title-only',
  'processor',
] as const
export type EvidenceRule = (typeof EVIDENCE_RULES)[number]

interface Told {
  /** The package with its version, or the operating system. */
  readonly what: string
  /** ", fixed in 9.8p1" where it is known. */
  readonly fixed: string
  /** The CVE that the distribution's data is about, "CVE-2026-1234 on bookworm". */
  readonly flaw: string
  /** What it says of it, in its own words. */
  readonly says: string
}

type Words = Readonly<Record<Locale, (told: Told) => string>>

const WORDS: Readonly<Record<EvidenceRule, Words>> = {
  'in-range': {
    en: ({ what, fixed }) => `${what} is in the affected range${fixed}.`,
    fr: ({ what, fixed }) => `${what} est dans l’intervalle affecté${fixed}.`,
  },
  'all-versions': {
    en: ({ what }) => `${what} is installed, and all versions are affected.`,
    fr: ({ what }) => `${what} est installé, et toutes les versions sont affectées.`,
  },
  'notice-unfixed': {
    en: ({ what }) =>
      `${what} is installed on a release that the notice names, and nothing shows that it is fixed.`,
    fr: ({ what }) =>
      `${what} est installé sur une version du système que l’avis nomme, et rien ne montre que c’est corrigé.`,
  },
  'notice-older': {
    en: ({ what, fixed }) => `${what} is older than the distribution’s fix${fixed}.`,
    fr: ({ what, fixed }) => `${what} est antérieur au correctif de la distribution${fixed}.`,
  },
  'kernel-unfixed': {
    en: ({ what }) =>
      `The notice names this release’s kernel, and nothing shows that the one that runs is fixed: ${what}.`,
    fr: ({ what }) =>
      `L’avis nomme le noyau de cette version du système, et rien ne montre que celui qui tourne est corrigé\u202f: ${what}.`,
  },
  'kernel-older': {
    en: ({ what, fixed }) => `The kernel that runs is older than the fix${fixed}: ${what}.`,
    fr: ({ what, fixed }) =>
      `Le noyau qui tourne est antérieur au correctif${fixed}\u202f: ${what}.`,
  },
  'system-older': {
    en: ({ fixed }) => `The operating system is older than the fix${fixed}.`,
    fr: ({ fixed }) => `Le système d’exploitation est antérieur au correctif${fixed}.`,
  },
  'debian-older': {
    en: ({ what, fixed, flaw }) =>
      `By Debian’s security data, ${what} is affected by ${flaw}${fixed}.`,
    fr: ({ what, fixed, flaw }) =>
      `D’après les données de sécurité de Debian, ${what} est touché par ${flaw}${fixed}.`,
  },
  'debian-update': {
    en: ({ what, fixed }) => `${what} is older than Debian’s newest security update of it${fixed}.`,
    fr: ({ what, fixed }) =>
      `${what} est antérieur à sa dernière mise à jour de sécurité de Debian${fixed}.`,
  },
  'debian-open': {
    en: ({ what, flaw }) => `Debian has no fix yet for ${flaw}: ${what}.`,
    fr: ({ what, flaw }) => `Debian n’a pas encore de correctif pour ${flaw}\u202f: ${what}.`,
  },
  'debian-minor': {
    en: ({ what, flaw, says }) =>
      `${what} is affected by ${flaw}, of which Debian says: “${says}”.`,
    fr: ({ what, flaw, says }) =>
      `${what} est touché par ${flaw}, dont Debian dit\u202f: «\u202f${says}\u202f».`,
  },
  'debian-undetermined': {
    en: ({ what, flaw }) => `Debian has not determined whether ${what} is affected by ${flaw}.`,
    fr: ({ what, flaw }) => `Debian n’a pas déterminé si ${what} est touché par ${flaw}.`,
  },
  'debian-unknown': {
    en: ({ what, flaw }) => `Debian’s security data does not know ${flaw} yet: ${what}.`,
    fr: ({ what, flaw }) =>
      `Les données de sécurité de Debian ne connaissent pas encore ${flaw}\u202f: ${what}.`,
  },
  backport: {
    en: ({ what, fixed }) =>
      `${what} has a number in the affected range${fixed}, but distributions fix without a new one: look into its changelog.`,
    fr: ({ what, fixed }) =>
      `${what} porte un numéro de l’intervalle affecté${fixed}, mais les distributions corrigent sans en changer\u202f: à voir dans son journal des modifications.`,
  },
  patch: {
    en: ({ what }) =>
      `${what} is installed; whether the security patch is applied, its number does not say.`,
    fr: ({ what }) =>
      `${what} est installé\u202f; son numéro ne dit pas si le correctif de sécurité est appliqué.`,
  },
  condition: {
    en: ({ what }) =>
      `${what} is installed; it is affected only under a condition that the inventory does not show.`,
    fr: ({ what }) =>
      `${what} est installé\u202f; il n’est affecté que sous une condition que l’inventaire ne montre pas.`,
  },
  component: {
    en: ({ what }) =>
      `${what} is installed; whether the affected part of it is in use, the inventory does not show.`,
    fr: ({ what }) =>
      `${what} est installé\u202f; l’inventaire ne montre pas si la partie affectée est utilisée.`,
  },
  'no-version': {
    en: ({ what }) => `${what} is named, and the advisory does not say which versions.`,
    fr: ({ what }) => `${what} est nommé, et l’avis ne dit pas quelles versions.`,
  },
  'unclear-version': {
    en: ({ what, fixed }) =>
      `${what} cannot be compared with the version that the advisory writes${fixed}.`,
    fr: ({ what, fixed }) => `${what} ne peut être comparé à la version que l’avis écrit${fixed}.`,
  },
  'own-numbering': {
    en: ({ what, fixed }) => `${what} has a number of another kind than the advisory’s${fixed}.`,
    fr: ({ what, fixed }) =>
      `${what} porte un numéro d’une autre sorte que ceux de l’avis${fixed}.`,
  },
  edition: {
    en: () =>
      `The release is named in an edition or with a subscription that the inventory does not show.`,
    fr: () =>
      `Le système est nommé dans une édition ou avec un abonnement que l’inventaire ne montre pas.`,
  },
  'kernel-series': {
    en: ({ what, fixed }) =>
      `The fix is of another series of kernels than the one that runs${fixed}: ${what}.`,
    fr: ({ what, fixed }) =>
      `Le correctif est d’une autre série de noyaux que celui qui tourne${fixed}\u202f: ${what}.`,
  },
  'kernel-unknown': {
    en: () =>
      `The release’s kernel is named; from which package the one that runs comes is not known.`,
    fr: () =>
      `Le noyau de ce système est nommé\u202f; on ne sait pas de quel paquet vient celui qui tourne.`,
  },
  'windows-updates': {
    en: ({ fixed }) =>
      `This Windows is named; whether the update is installed, its version does not say${fixed}.`,
    fr: ({ fixed }) =>
      `Ce Windows est nommé\u202f; sa version ne dit pas si la mise à jour est installée${fixed}.`,
  },
  'notice-no-package': {
    en: () => `The release is named; which package of it is affected could not be read.`,
    fr: () => `Ce système est nommé\u202f; le paquet affecté n’a pu être lu dans l’avis.`,
  },
  'title-only': {
    en: ({ what }) => `${what} is what the title names; the advisory lists no versions.`,
    fr: ({ what }) => `${what} est ce que le titre nomme\u202f; l’avis ne donne pas de versions.`,
  },
  processor: {
    en: ({ what }) =>
      `${what} is a processor as the line names them; whether its microcode is fixed, the inventory does not show.`,
    fr: ({ what }) =>
      `${what} est un processeur comme la ligne en nomme\u202f; l’inventaire ne montre pas si son microcode est corrigé.`,
  },
}

function isRule(rule: string): rule is EvidenceRule {
  return Object.hasOwn(WORDS, rule)
}

/** One sentence, with its full stop. A rule that is not known here gives the advisory's own line. */
export function evidenceSentence(evidence: Evidence, locale: Locale): string {
  const { rule, line, fixedVersion } = evidence
  if (!isRule(rule)) return line
  const link = { en: ', fixed in ', fr: ', corrigé en ' }[locale]
  const fixed = fixedVersion === null ? '' : `${link}${fixedVersion}`
  const what = subject(evidence, locale)
  return WORDS[rule][locale]({ what, fixed, ...distributionWords(evidence, locale) })
}

function distributionWords(
  { distribution }: Evidence,
  locale: Locale,
): Pick<Told, 'flaw' | 'says'> {
  const { release, cve, says } = distribution ?? {}
  const flaw = cve ?? { en: 'a vulnerability', fr: 'une vulnérabilité' }[locale]
  const on = { en: ' on ', fr: ' sur ' }[locale]
  return {
    flaw: release === undefined ? flaw : `${flaw}${on}${release}`,
    says: says ?? { en: 'no fix of its own', fr: 'pas de correctif propre' }[locale],
  }
}

function subject({ package: one, processor }: Evidence, locale: Locale): string {
  if (one) return `${one.name} ${one.version}`
  if (processor !== undefined) return processor
  return { en: 'What the line names', fr: 'Ce que la ligne nomme' }[locale]
}
