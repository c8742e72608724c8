// Owns how the fleet's filter, order and form are written in the page's address, so that a link shows the same.
import { STANDINGS } from './standing.ts'
import type { Arrangement, Column, Sort } from './arrange.ts'

export type FleetForm = 'table' | 'grid'

export interface FleetView extends Arrangement {
  /** Null: as this browser last had it. */
  readonly form: FleetForm | null
}

export const COLUMNS: readonly Column[] = [
  'host',
  'system',
  'cpu',
  'memory',
  'filesystem',
  'receive',
  'transmit',
  'load',
  'temperature',
  'agent',
  'seen',
]

/** Reads an address; what it does not understand is left at its default. */
export function readView(params: Pick<URLSearchParams, 'get'>): FleetView {
  const form = params.get('view')
  return {
    query: params.get('q') ?? '',
    standing: STANDINGS.find((standing) => standing === params.get('status')) ?? null,
    sort: readSort(params.get('sort') ?? ''),
    form: form === 'table' || form === 'grid' ? form : null,
  }
}

/** The query of an address, without its question mark; empty when everything is at its default. */
export function writeView(view: FleetView): string {
  const params = new URLSearchParams()
  if (view.query !== '') params.set('q', view.query)
  if (view.standing) params.set('status', view.standing)
  if (view.sort) params.set('sort', `${view.sort.isDescending ? '-' : ''}${view.sort.column}`)
  if (view.form) params.set('view', view.form)
  return params.toString()
}

/** The order after a click on a column's head: descending, ascending, then worst first again; names start ascending. */
export function nextSort(current: Sort | null, column: Column): Sort | null {
  const startsDescending = column !== 'host' && column !== 'system'
  if (current?.column !== column) return { column, isDescending: startsDescending }
  return current.isDescending === startsDescending
    ? { column, isDescending: !startsDescending }
    : null
}

function readSort(written: string): Sort | null {
  const isDescending = written.startsWith('-')
  const column = COLUMNS.find((each) => each === written.slice(isDescending ? 1 : 0))
  return column ? { column, isDescending } : null
}
