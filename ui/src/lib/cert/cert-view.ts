// Owns what the address says of the page of advisories: which, of which source, filtered by what.
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'

export const WHICH = ['concern', 'open', 'all'] as const
export type Which = (typeof WHICH)[number]

export const SOURCES = [
  'certfr-alerts',
  'certfr-notices',
  'cisa-kev',
  'debian',
] as const satisfies readonly AdvisorySourceId[]

export interface CertView {
  readonly which: Which
  /** Null: of all. */
  readonly source: AdvisorySourceId | null
  readonly query: string
}

/** Reads an address; what it does not understand is left at its default. */
export function readView(params: Pick<URLSearchParams, 'get'>): CertView {
  return {
    which: WHICH.find((which) => which === params.get('which')) ?? 'concern',
    source: SOURCES.find((source) => source === params.get('source')) ?? null,
    query: params.get('q') ?? '',
  }
}

/** The query of the address, question mark included; nothing for what is shown as the page opens. */
export function viewQuery({ which = 'concern', source = null, query = '' }: Partial<CertView>) {
  const params = new URLSearchParams()
  if (which !== 'concern') params.set('which', which)
  if (source !== null) params.set('source', source)
  if (query !== '') params.set('q', query)
  const written = params.toString()
  return written === '' ? '' : `?${written}`
}
