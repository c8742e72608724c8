import type { HostSummary } from '@vigie/shared/api/host'
import type { Severity } from '@vigie/shared/api/rule'
import { describe, expect, it } from 'vitest'
import { arrange, type Arrangement, type Ranked } from './arrange.ts'
import { columnsThatFit } from './columns.ts'
import { leadOf } from './lead.ts'
import { standingOf } from './standing.ts'
import { COLUMNS, nextSort, readView, writeView } from './view-state.ts'

let nextId = 1

function host(
  name: string,
  change: Partial<HostSummary> = {},
  cpuRatio: number | null = 0.1,
  worst: Severity | null = null,
): Ranked {
  const summary: HostSummary = {
    id: nextId++,
    name,
    status: 'up',
    statusReason: 'reporting',
    statusSinceMs: 1_000,
    lastSeenMs: 2_000,
    intervalMs: 1000,
    agentVersion: '0.1.0',
    system: 'Debian 13',
    tags: [],
    duplicate: null,
    figures: null,
    ...change,
  }
  const figures = {
    timeMs: 2_000,
    cpuRatio,
    memoryRatio: 0.5,
    fullestFilesystem: null,
    receiveBytesPerS: null,
    transmitBytesPerS: null,
    loadPerCore: null,
    temperatureCel: null,
  }
  const standing = standingOf(summary, worst)
  return { summary, standing, figures, lastSeenMs: summary.lastSeenMs }
}

const down = { status: 'down', statusReason: 'silent' } as const
const unknown = { status: 'unknown', statusReason: 'stopped' } as const
const double = { duplicate: { sinceMs: 1, hostname: 'clone', address: '10.0.0.1' } }
const plain: Arrangement = { query: '', standing: null, sort: null }
const names = (rows: readonly Ranked[]) => rows.map((row) => row.summary.name)

describe('the order of the fleet', () => {
  const fleet = [
    host('web-10', {}, 0.2),
    host('web-9', {}, 0.9),
    host('lab-1', unknown, 0.95),
    host('proxy-1', double, 0.3),
    host('web-3', down, 0.99),
    host('new-1', {}, null),
  ]

  it('is worst first, then by name as a person counts', () => {
    expect(names(arrange(fleet, plain))).toEqual([
      'web-3',
      'proxy-1',
      'lab-1',
      'new-1',
      'web-9',
      'web-10',
    ])
  })

  it('puts unknown values and hosts that are gone last in both directions', () => {
    const by = (isDescending: boolean) =>
      names(arrange(fleet, { ...plain, sort: { column: 'cpu', isDescending } }))
    expect(by(true)).toEqual(['web-9', 'proxy-1', 'web-10', 'lab-1', 'new-1', 'web-3'])
    expect(by(false)).toEqual(['web-10', 'proxy-1', 'web-9', 'lab-1', 'new-1', 'web-3'])
  })

  it('filters by every word, in name and system, and by status', () => {
    expect(names(arrange(fleet, { ...plain, query: ' WEB debian ' }))).toEqual([
      'web-3',
      'web-9',
      'web-10',
    ])
    expect(names(arrange(fleet, { ...plain, standing: 'warning' }))).toEqual(['proxy-1'])
  })

  it('leaves what it was given as it was', () => {
    const before = names([...fleet])
    arrange(fleet, plain)
    expect(names(fleet)).toEqual(before)
  })
})

describe('the first sentence', () => {
  it('names a few troubles, worst first', () => {
    const lead = leadOf([host('a'), host('u', unknown), host('d', down)])
    expect(lead).toMatchObject({ total: 3, well: 1, counted: [] })
    expect(names(lead.named)).toEqual(['d', 'u'])
  })

  it('counts them when they are many', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => host(name, name < 'd' ? down : unknown))
    expect(leadOf(rows)).toEqual({
      total: 5,
      well: 0,
      named: [],
      counted: [
        { standing: 'down', count: 3 },
        { standing: 'unknown', count: 2 },
      ],
    })
  })
})

describe('the address', () => {
  it('carries the whole view there and back', () => {
    const view = {
      query: 'web 3',
      standing: 'down',
      sort: { column: 'cpu', isDescending: true },
      form: 'grid',
    } as const
    expect(readView(new URLSearchParams(writeView(view)))).toEqual(view)
  })

  it('ignores what it does not know', () => {
    expect(readView(new URLSearchParams('status=fine&sort=-colour&view=cube'))).toEqual({
      query: '',
      standing: null,
      sort: null,
      form: null,
    })
    expect(writeView(readView(new URLSearchParams('')))).toBe('')
  })

  it('turns a head: largest first, smallest first, worst first again', () => {
    const first = nextSort(null, 'cpu')
    const second = nextSort(first, 'cpu')
    expect(first).toEqual({ column: 'cpu', isDescending: true })
    expect(second).toEqual({ column: 'cpu', isDescending: false })
    expect(nextSort(second, 'cpu')).toBeNull()
    expect(nextSort(second, 'host')).toEqual({ column: 'host', isDescending: false })
  })
})

describe('the columns', () => {
  it('all fit a wide page and the essential ones a narrow one', () => {
    expect(columnsThatFit(1392)).toEqual(COLUMNS)
    expect(columnsThatFit(700)).toEqual(['host', 'cpu', 'memory', 'filesystem'])
  })
})
