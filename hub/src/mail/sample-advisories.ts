// Owns the advisories of sample letters: what nobody has published, of a product that nobody makes.
import type { DigestItem } from '../cert/teller.ts'
import type { News, ToldAdvisory } from '../cert/watch-ports.ts'

const DAY_MS = 86_400_000
const LINE = 'Armen Serveur versions antérieures à 4.2.1'

/** An alert that concerns a machine. */
export function sampleAlert(nowMs: number): ToldAdvisory {
  const installed = { manager: 'dpkg', name: 'armen-server', version: '4.1.8' } as const
  return {
    isRead: true,
    document: {
      source: 'certfr-alerts',
      kind: 'alert',
      reference: 'CERTFR-0000-ALE-000',
      title: 'Vulnérabilité dans Armen Serveur',
      url: '',
      publishedMs: nowMs - (nowMs % DAY_MS),
      revisedMs: null,
      closedMs: null,
      risks: ['Exécution de code arbitraire à distance'],
      affected: [{ text: LINE, vendor: 'Armen', product: 'Armen Serveur' }],
      cves: [],
      summary: 'Un inconnu peut lancer des commandes sur le serveur.',
      solution: 'Installer la version 4.2.1.',
      links: [],
      revisions: [],
    },
    hosts: [
      {
        hostId: 1,
        hostName: 'web-3',
        verdict: 'concerned',
        evidence: [
          {
            verdict: 'concerned',
            line: LINE,
            package: installed,
            rule: 'in-range',
            fixedVersion: '4.2.1',
          },
        ],
      },
    ],
  }
}

/** A notice that concerns a machine, and one that concerns none. */
export function sampleDigest(nowMs: number): DigestItem[] {
  const alert = sampleAlert(nowMs)
  const notice = (number: string, title: string): ToldAdvisory['document'] => ({
    ...alert.document,
    source: 'certfr-notices',
    kind: 'notice',
    reference: `CERTFR-0000-AVI-${number}`,
    title,
  })
  const kinds = ['added'] as const
  return [
    {
      kinds,
      advisory: { ...alert, document: notice('0001', 'Vulnérabilité dans Armen Serveur') },
    },
    {
      kinds,
      advisory: { ...alert, document: notice('0002', 'Vulnérabilité dans Sein Bureau'), hosts: [] },
    },
  ]
}

/** A source that cannot be read. */
export function sampleFailure(nowMs: number): News {
  return {
    id: 0,
    source: 'certfr-alerts',
    reference: null,
    hostId: null,
    kind: 'failing',
    channel: 'admins',
    timeMs: nowMs,
    detail: {
      failures: [{ kind: 'maintenance', detail: '/alerte/ answered 503' }],
      failingSinceMs: nowMs - 2_700_000,
    },
  }
}
