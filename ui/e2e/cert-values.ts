// Owns advisories and states of the watch that tests of the page are made of. Products, texts and numbers are invented.
import type { AdvisoryDetail, Evidence, HostVerdict } from '@vigie/shared/api/advisory'
import type { CertWatch, WatchFailureKind, WatchRun } from '@vigie/shared/api/cert-watch'

const DAY_MS = 86_400_000
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS

export function advisoryOf(number: number, part: Partial<AdvisoryDetail> = {}): AdvisoryDetail {
  const reference = `CERTFR-2099-ALE-${String(number).padStart(3, '0')}`
  const hosts = part.hosts ?? []
  const count = (verdict: string) => hosts.filter((host) => host.verdict === verdict).length
  return {
    source: 'certfr-alerts',
    kind: 'alert',
    reference,
    title: `Vulnérabilité dans Brinote Mail ${number}`,
    url: `https://cert.example.org/alerte/${reference}/`,
    publishedMs: today - number * DAY_MS,
    revisedMs: null,
    closedMs: null,
    risks: ['Exécution de code arbitraire à distance'],
    affected: [
      { text: 'Brinote Mail versions antérieures à 4.2.1', vendor: 'Brinote', product: 'Mail' },
    ],
    cves: [`CVE-2099-${10_000 + number}`],
    summary: 'Une lettre suffit à exécuter du code en tant que serveur de messagerie.',
    solution: 'Installer la version 4.2.1.\n\nEn attendant, couper la réception de pièces jointes.',
    links: [{ title: 'Bulletin Brinote 2099-7', url: 'https://brinote.example.org/2099-7' }],
    revisions: [{ dateMs: today - number * DAY_MS, text: 'Version initiale' }],
    firstSeenMs: Date.now() - 3_600_000,
    changedMs: Date.now() - 3_600_000,
    isBaseline: false,
    isRemoved: false,
    concerned: count('concerned'),
    toCheck: count('check'),
    owner: null,
    handled: null,
    whyNot: null,
    uncompared: 0,
    past: [],
    told: [],
    entries: [],
    ...part,
    hosts,
  }
}

/** An alert that concerns a host, and may concern another. */
export const concerning = () =>
  advisoryOf(1, {
    revisions: [
      { dateMs: today - 2 * DAY_MS, text: 'Version initiale' },
      { dateMs: today - DAY_MS, text: 'Ajout d’un correctif' },
    ],
    hosts: [
      verdictOf(1, 'node-0001'),
      verdictOf(2, 'node-0002', {
        verdict: 'check',
        evidence: [
          evidenceOf({ verdict: 'check', rule: 'backport' }),
          evidenceOf({ rule: 'edition' }),
        ],
      }),
    ],
  })

export function verdictOf(
  hostId: number,
  hostName: string,
  part: Partial<HostVerdict> = {},
): HostVerdict {
  return {
    hostId,
    hostName,
    verdict: 'concerned',
    evidence: [evidenceOf()],
    sinceMs: Date.now() - 3_600_000,
    packagesMs: Date.now() - 7_200_000,
    ...part,
  }
}

export function evidenceOf(part: Partial<Evidence> = {}): Evidence {
  return {
    verdict: 'concerned',
    line: 'Brinote Mail versions antérieures à 4.2.1',
    package: { manager: 'dpkg', name: 'brinote-mail', version: '4.1.9-2' },
    rule: 'in-range',
    fixedVersion: '4.2.1',
    ...part,
  }
}

export function runOf(id: number, part: Partial<WatchRun> = {}): WatchRun {
  return {
    id,
    source: 'certfr-alerts',
    startedMs: Date.now() - (100 - id) * 900_000,
    tookMs: 3000 + (id % 7) * 400,
    outcome: 'well',
    by: 'page',
    read: 10,
    added: [],
    changed: [],
    failures: [],
    ...part,
  }
}

export function failedRun(
  id: number,
  kind: WatchFailureKind,
  part: Partial<WatchRun> = {},
): WatchRun {
  const failures = [{ kind, detail: `seen: ${kind}`, hasScreenshot: true, hasPage: true }]
  return runOf(id, { outcome: 'failed', by: null, read: 0, failures, ...part })
}

export function comparedOf(part: Partial<CertWatch['compared']> = {}): CertWatch['compared'] {
  return {
    hosts: 2,
    packages: 14_206,
    without: [],
    ownAliases: 0,
    matchedMs: Date.now(),
    oldestListMs: Date.now() - 9 * DAY_MS,
    newestListMs: Date.now() - 3_600_000,
    ...part,
  }
}

export function watchOf(part: Partial<CertWatch> = {}): CertWatch {
  return {
    sources: [
      {
        source: 'certfr-alerts',
        isOn: true,
        url: 'https://cert.example.org/alerte/',
        isRunning: false,
        nextRunMs: Date.now() + 600_000,
        failedInARow: 0,
        wellSinceMs: Date.now() - DAY_MS,
        lastChangeMs: Date.now() - 3_600_000,
      },
      {
        source: 'cisa-kev',
        isOn: false,
        url: 'https://kev.example.org/known.json',
        isRunning: false,
        nextRunMs: null,
        failedInARow: 0,
        wellSinceMs: null,
        lastChangeMs: null,
      },
    ],
    browser: 'Chromium 150.0 (/usr/bin/chromium)',
    runs: Array.from({ length: 96 }, (_, n) => runOf(96 - n)),
    mailDelay: { medianMs: 5000, alerts: 3 },
    compared: comparedOf(),
    ...part,
  }
}
