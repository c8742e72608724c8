import { describe, expect, it } from 'vitest'
import type { MetricCondition } from '@vigie/shared/api/rule'
import { t } from '../i18n/t.test-support.ts'
import { draftOf, formOf, newForm, withCondition, type RuleForm } from './rule-form.ts'
import { faultsOf } from './rule-faults.ts'

const speaker = { t, locale: 'en' } as const
const faults = (form: RuleForm) => Object.fromEntries(faultsOf(form, speaker))
const named = { ...newForm(), name: 'Disk full' }
const withMetric = (part: Partial<MetricCondition>) =>
  withCondition(named, { ...named.conditions.metric, ...part })

describe('what keeps a rule from being saved', () => {
  it('is nothing of a rule that can be', () => {
    expect(faults(named)).toEqual({})
    expect(draftOf(formOf(draftOf(named)))).toEqual(draftOf(named))
  })

  it('is a name, hosts or addresses that are not there yet', () => {
    expect(faults(newForm())).toEqual({ name: 'Give the rule a name.' })
    expect(Object.keys(faults({ ...named, scope: 'hosts' }))).toEqual(['scope'])
    expect(Object.keys(faults({ ...named, scope: 'tags' }))).toEqual(['scope'])
    expect(Object.keys(faults({ ...named, toDefault: false }))).toEqual(['recipients'])
  })

  it('is a number that is none, or beyond what can be kept', () => {
    expect(faults(withMetric({ forMs: NaN }))).toEqual({ 'condition.forMs': 'Give a number.' })
    expect(faults(withMetric({ forMs: 8 * 86_400_000 }))).toEqual({
      'condition.forMs': 'At most 7\u00a0days.',
    })
    expect(faults({ ...named, reminds: true, remindEveryMs: 1000 })).toEqual({
      remindEveryMs: 'Between 5\u00a0minutes and 30\u00a0days.',
    })
    expect(Object.keys(faults(withMetric({ threshold: NaN })))).toEqual(['condition.threshold'])
  })

  it('is what makes no sense together', () => {
    expect(faults(withMetric({ clearAt: 0.95 }))['condition.clearAt']).toContain('cannot be clear')
  })

  it('keeps what was written of one kind while another is tried', () => {
    const edited = withMetric({ threshold: 0.8, clearAt: 0.7 })
    const back = { ...edited, kind: 'down' as const }
    expect(draftOf(back).condition.type).toBe('down')
    expect(draftOf({ ...back, kind: 'metric' }).condition).toMatchObject({ threshold: 0.8 })
  })
})
