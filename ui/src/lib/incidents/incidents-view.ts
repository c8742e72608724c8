// Owns what the address says of the page of incidents: which, filtered by what, and the one that is read.

export const WHICH = ['open', 'days', 'silenced'] as const
export type Which = (typeof WHICH)[number]

export interface IncidentsView {
  readonly which: Which
  readonly query: string
  readonly id: number | null
}

/** Reads an address; what it does not understand is left at its default. */
export function readView(params: Pick<URLSearchParams, 'get'>): IncidentsView {
  const id = params.get('incident') ?? ''
  return {
    which: WHICH.find((which) => which === params.get('which')) ?? 'open',
    query: params.get('q') ?? '',
    id: /^[1-9]\d{0,15}$/.test(id) ? Number(id) : null,
  }
}

/** The query of the address, question mark included; nothing for what is shown as the page opens. */
export function viewQuery({
  which = 'open',
  query = '',
  id = null,
}: Partial<IncidentsView>): string {
  const params = new URLSearchParams()
  if (which !== 'open') params.set('which', which)
  if (query !== '') params.set('q', query)
  if (id !== null) params.set('incident', String(id))
  const written = params.toString()
  return written === '' ? '' : `?${written}`
}
