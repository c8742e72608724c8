import { describe, expect, it } from 'vitest'
import { t } from '../i18n/t.test-support.ts'
import { draftOf, faultOf, formFor } from './silence-draft.ts'
import { coverWords } from './silence-words.ts'

const NOW_MS = Date.UTC(2026, 10, 23, 13)

describe('a silence that is being written', () => {
  it('is of the host and the rule that it was opened for, for two hours', () => {
    const draft = draftOf(formFor({ hostIds: [3], ruleIds: [1] }), NOW_MS)
    expect(draft).toEqual({
      scope: { type: 'hosts', hostIds: [3] },
      ruleIds: [1],
      startsMs: NOW_MS,
      endsMs: NOW_MS + 7_200_000,
      comment: '',
    })
  })

  it('cannot be made of nothing, nor until a time that is over', () => {
    const form = formFor({})
    expect(faultOf(form, NOW_MS)).toBeNull()
    expect(faultOf({ ...form, scope: 'hosts' }, NOW_MS)).toBe('silenceNobody')
    expect(faultOf({ ...form, scope: 'tags' }, NOW_MS)).toBe('silenceNoTag')
    expect(faultOf({ ...form, anyRule: false }, NOW_MS)).toBe('silenceNoRule')
    expect(faultOf({ ...form, span: 'until', until: '' }, NOW_MS)).toBe('silenceUntilBad')
    const until = '2026-11-20T10:00'
    expect(faultOf({ ...form, span: 'until', until }, NOW_MS)).toBe('silenceUntilBad')
  })
})

it('what a silence covers is said with names while they are few', () => {
  const names = {
    host: (id: number) => (id === 3 ? 'web-3' : undefined),
    rules: [{ id: 1, key: 'host-down', name: 'Host down' }],
  }
  const say = (match: Parameters<typeof coverWords>[0]) =>
    coverWords(match, names, { t, locale: 'en' })
  expect(say({ scope: { type: 'hosts', hostIds: [3, 4] }, ruleIds: [1] })).toBe(
    'Host down, web-3 and #4',
  )
  expect(say({ scope: { type: 'all' }, ruleIds: [] })).toBe('Anything, all hosts')
  const many = say({ scope: { type: 'hosts', hostIds: [1, 2, 3, 4] }, ruleIds: [1, 7] })
  expect(many).toBe('2 rules, 4 hosts')
})
