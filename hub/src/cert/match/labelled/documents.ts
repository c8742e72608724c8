// Owns made-up advisories in the structure of the real ones, each with the machines of the fleet that it concerns. Labels
// were written by hand from the rules of docs/cert.md before the matcher saw them; a machine that is not named is `not`.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { CLIENT_DOCUMENTS } from './documents-clients.ts'
import { SERVER_DOCUMENTS } from './documents-servers.ts'
import { SYSTEM_DOCUMENTS } from './documents-systems.ts'

export interface Labelled {
  readonly title: string
  /** `vendor | product | text` a line. */
  readonly affected: string
  /** Names of machines. */
  readonly concerned?: string
  readonly check?: string
  readonly summary?: string
}

export const LABELLED: readonly Labelled[] = [
  ...SYSTEM_DOCUMENTS,
  ...SERVER_DOCUMENTS,
  ...CLIENT_DOCUMENTS,
]

/** CERTFR-2099-AVI-0001 and on, in the order of a set’s documents. */
export function referenceOf(index: number): string {
  return `CERTFR-2099-AVI-${String(index + 1).padStart(4, '0')}`
}

export function labelledDocuments(labelled: readonly Labelled[] = LABELLED): AdvisoryDocument[] {
  return labelled.map(({ title, affected, summary }, index) => ({
    source: 'certfr-notices',
    kind: 'notice',
    reference: referenceOf(index),
    title,
    url: `https://cert.example/avis/${referenceOf(index)}/`,
    publishedMs: Date.UTC(2099, 0, 1),
    revisedMs: null,
    closedMs: null,
    risks: ['Exécution de code arbitraire à distance'],
    affected: affected
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [vendor = '', product = '', text = ''] = line.split(' | ')
        return { vendor, product, text }
      }),
    cves: [`CVE-2099-${String(10_000 + index)}`],
    summary:
      summary ?? 'Un attaquant peut provoquer un problème de sécurité non spécifié par l’éditeur.',
    solution: 'Se référer au bulletin de l’éditeur.',
    links: [],
    revisions: [],
  }))
}
