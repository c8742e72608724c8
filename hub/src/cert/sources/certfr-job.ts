// Owns what the hub and the process that reads CERT-FR say to each other.
import { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { WatchFailureKind } from '@vigie/shared/api/cert-watch'
import { Type, type Static } from 'typebox'
import type { KnownAdvisory } from '../ports.ts'
import type { CertfrCode } from './references.ts'

export interface CertfrJob {
  readonly source: 'certfr-alerts' | 'certfr-notices'
  readonly baseUrl: string
  readonly userAgent: string
  readonly chromium: string | undefined
  /** After that long the reading ends with what it has. */
  readonly softDeadlineMs: number
  /** What one page may take. */
  readonly pageTimeoutMs: number
  readonly known: ReadonlyMap<string, KnownAdvisory>
}

export interface CertfrList {
  readonly code: CertfrCode
  readonly kind: AdvisoryDocument['kind']
  readonly path: string
  readonly feedPath: string
}

export const CERTFR_LISTS: Readonly<Record<CertfrJob['source'], CertfrList>> = {
  'certfr-alerts': { code: 'ALE', kind: 'alert', path: '/alerte/', feedPath: '/alerte/feed/' },
  'certfr-notices': { code: 'AVI', kind: 'notice', path: '/avis/', feedPath: '/avis/feed/' },
}

const Failure = Type.Object({
  kind: WatchFailureKind,
  detail: Type.String(),
  screenshot: Type.Optional(Type.Any()),
  html: Type.Optional(Type.String()),
})

/** The child's answer, which saw hostile pages and is looked through before it is believed. */
export const CertfrAnswer = Type.Union([
  Type.Object({
    is: Type.Literal('reading'),
    by: Type.Union([Type.Literal('page'), Type.Literal('feed')]),
    listed: Type.Array(
      Type.Object({
        reference: Type.String(),
        listHash: Type.String(),
        title: Type.String(),
        isClosed: Type.Boolean(),
      }),
    ),
    isWhole: Type.Boolean(),
    gone: Type.Array(Type.String()),
    documents: Type.Array(AdvisoryDocument),
    failures: Type.Array(Failure),
  }),
  Type.Object({ is: Type.Literal('unreadable'), failures: Type.Array(Failure, { minItems: 1 }) }),
])
export type CertfrAnswer = Static<typeof CertfrAnswer>
