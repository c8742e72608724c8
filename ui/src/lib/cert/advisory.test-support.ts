// Advisories and a state of the watch for tests, of invented products.
import type { Advisory, AdvisoryDetail } from '@vigie/shared/api/advisory'
import type { CertWatch, WatchRun } from '@vigie/shared/api/cert-watch'
import type { CertPart } from '@vigie/shared/protocol/live'
import type { CertListener, LiveStatus } from '../live/live-connection.svelte.ts'
import { t } from '../i18n/t.test-support.ts'
import type { Speaker } from '../incidents/mail-words.ts'

export const NOW_MS = Date.UTC(2099, 8, 28, 12)
export const english: Speaker = { t, locale: 'en', nowMs: NOW_MS }

export function advisoryOf(number: number, part: Partial<Advisory> = {}): Advisory {
  const reference = `CERTFR-2099-ALE-${String(number).padStart(3, '0')}`
  return {
    source: 'certfr-alerts',
    kind: 'alert',
    reference,
    title: `Brinote Mail ${number}`,
    url: `https://cert.example.org/${reference}/`,
    publishedMs: Date.UTC(2099, 8, number),
    revisedMs: null,
    closedMs: null,
    risks: [],
    affected: [],
    cves: [],
    summary: '',
    solution: '',
    links: [],
    revisions: [],
    firstSeenMs: NOW_MS,
    changedMs: NOW_MS,
    isBaseline: false,
    isRemoved: false,
    concerned: 0,
    toCheck: 0,
    owner: null,
    handled: null,
    whyNot: null,
    uncompared: 0,
    ...part,
  }
}

export function detailOf(number: number, part: Partial<AdvisoryDetail> = {}): AdvisoryDetail {
  return { ...advisoryOf(number), hosts: [], past: [], told: [], entries: [], ...part }
}

/** A live connection: `tell` is the hub's word. */
export function socketOf(status: LiveStatus = 'live') {
  const listeners = new Set<CertListener>()
  return {
    status,
    watchCert(listener: CertListener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(...changed: CertPart[]) {
      for (const listener of listeners) listener(changed)
    },
  }
}

export const handled = { state: 'patched', comment: '', by: 'Ada', atMs: NOW_MS } as const

export function runOf(id: number, part: Partial<WatchRun> = {}): WatchRun {
  return {
    id,
    source: 'certfr-alerts',
    startedMs: NOW_MS - 60_000,
    tookMs: 4200,
    outcome: 'well',
    by: 'page',
    read: 10,
    added: [],
    changed: [],
    failures: [],
    ...part,
  }
}

export function failedRun(id: number): WatchRun {
  const failure = { kind: 'http-error', detail: '503', hasScreenshot: true, hasPage: true } as const
  return runOf(id, { outcome: 'failed', by: null, failures: [failure] })
}

export function sourceOf(part: Partial<CertWatch['sources'][number]> = {}) {
  return {
    source: 'certfr-alerts',
    isOn: true,
    url: 'https://cert.example.org/alerte/',
    isRunning: false,
    nextRunMs: NOW_MS + 31_000,
    failedInARow: 0,
    wellSinceMs: NOW_MS - 3_600_000,
    lastChangeMs: null,
    ...part,
  } as const satisfies CertWatch['sources'][number]
}

export function comparedOf(part: Partial<CertWatch['compared']> = {}): CertWatch['compared'] {
  return {
    hosts: 3,
    packages: 900,
    without: [],
    ownAliases: 0,
    matchedMs: NOW_MS,
    oldestListMs: NOW_MS - 86_400_000,
    newestListMs: NOW_MS - 3_600_000,
    ...part,
  }
}

export function watchOf(part: Partial<CertWatch> = {}): CertWatch {
  return {
    sources: [sourceOf()],
    browser: 'Chromium 150',
    runs: [runOf(1)],
    mailDelay: null,
    compared: comparedOf(),
    ...part,
  }
}
