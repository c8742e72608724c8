import { describe, expect, it } from 'vitest'
import type { PreviewItem } from '@vigie/shared/api/rule-trial'
import { newForm } from './rule-form.ts'
import { countVerdict, previewRows } from './preview-rows.ts'

const words = { locale: 'en', yesOrNo: (isYes: boolean) => (isYes ? 'yes' : 'no') } as const
const { metric, fills } = newForm().conditions
const item = (
  hostId: number,
  value: number | null,
  verdict: PreviewItem['verdict'],
): PreviewItem => ({
  hostId,
  series: 'system.filesystem.utilization{system.filesystem.mountpoint="/"}',
  value,
  verdict,
})

describe('what hosts measure against a rule', () => {
  it('has the worst first, and what has no value last', () => {
    const items = [
      item(1, 0.2, 'clear'),
      item(2, null, 'missing'),
      item(3, 0.92, 'beyond'),
      item(4, 0.87, 'between'),
      item(5, 0.97, 'beyond'),
    ]
    expect(previewRows(items, metric, words).map(({ hostId }) => hostId)).toEqual([5, 3, 4, 1, 2])
    expect(countVerdict(items, 'beyond')).toEqual({ things: 2, hostIds: [3, 5] })
  })

  it('is worse the lower it is where that is what is watched', () => {
    const items = [item(1, 0.03, 'beyond'), item(2, 0.01, 'beyond')]
    const low = { ...metric, operator: '<' as const }
    expect(previewRows(items, low, words).map(({ hostId }) => hostId)).toEqual([2, 1])
  })

  it('is written in the unit of what is watched', () => {
    const [row] = previewRows([item(1, 0.92, 'beyond')], metric, words)
    expect(row).toMatchObject({ place: '/', quantity: { number: '92', unit: '%' } })
    const [full] = previewRows([item(1, 7200, 'beyond')], fills, words)
    expect(full?.quantity).toEqual({ number: '2', unit: 'h' })
    const readOnly = { ...metric, metric: 'system.filesystem.read_only' }
    expect(previewRows([item(1, 1, 'beyond')], readOnly, words)[0]?.quantity.number).toBe('yes')
    expect(previewRows([item(1, null, 'missing')], metric, words)[0]?.quantity.number).toBe('–')
  })
})
