import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '@vigie/shared/api/audit'
import { t } from '../i18n/t.test-support.ts'
import { actorWords, AREAS, detailWords, didWords, targetWords } from './audit-words.ts'

const speaker = { t, locale: 'en' } as const

const refused: AuditEntry = {
  id: 1,
  timeMs: 1_800_000_000_000,
  actorKind: 'nobody',
  actorId: null,
  actorName: 'mallory@example.org',
  address: '192.0.2.1',
  action: 'sign-in',
  target: null,
  detail: 'wrong-credentials',
  outcome: 'refused',
}

/** The actions that the hub's routes name. */
function actionsOfTheHub(): string[] {
  const folder = new URL('../../../../hub/src/', import.meta.url)
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(-routes|plugin|access|enrol|token)\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  return sources.flatMap((source) =>
    [...source.matchAll(/(?:audit: |action: |own\()'([a-z-]+(?:\.[a-z.-]+)?)'/g)].map(
      ([, action = '']) => action,
    ),
  )
}

describe('the words of the audit log', () => {
  it('say each thing that the hub can be made to do, and find it again', () => {
    const actions = actionsOfTheHub()
    expect(actions).toContain('host.tags')
    for (const action of actions) {
      expect([action, didWords(action, t)]).not.toEqual([action, action])
      const area = AREAS.some(({ value }) => action === value || action.startsWith(`${value}.`))
      expect([action, area]).toEqual([action, true])
    }
  })

  it('say why something was refused, and leave what was done as it was written', () => {
    expect(detailWords(refused, speaker)).toBe('wrong e-mail or password')
    expect(detailWords({ ...refused, outcome: 'done', detail: 'failed' }, speaker)).toBe('failed')
    expect(detailWords({ ...refused, detail: 'constructor' }, speaker)).toBe('constructor')
    expect(didWords('a.new.thing', t)).toBe('a.new.thing')
  })

  it('read what was written, and leave what is cut or unknown as it stands', () => {
    const read = (detail: string, target: string | null = null) =>
      detailWords({ ...refused, outcome: 'done', detail, target }, speaker)
    expect(read('email: a@b.org, role: viewer, hostTags: ["web","db"]', 'a@b.org')).toBe(
      'Viewer, hosts tagged web or db',
    )
    expect(read('role: admin, hostTags: null, expiresMs: null')).toBe(
      'Administrator, every host, until it is ended',
    )
    expect(read('tags: ["site=paris"]')).toBe('tags: site=paris')
    expect(read('tags: []')).toBe('no tags')
    expect(read('role: viewer, hostTags: ["we…')).toBe('Viewer, hostTags: ["we…')
    expect(read('to: léa')).toBe('to: léa')
  })

  it('name a host that is still there, and say the number of one that is not', () => {
    const names = (id: number) => (id === 1 ? 'web-1' : undefined)
    const on = (action: string, target: string) =>
      targetWords({ ...refused, action, target }, names)
    expect([on('host.tags', '1'), on('host.tags', '7'), on('rule.change', '1')]).toEqual([
      'web-1',
      '7',
      '1',
    ])
  })

  it('say who it was, and what they are where it is no person', () => {
    expect(actorWords(refused, t)).toEqual({ name: 'mallory@example.org', kind: 'not signed in' })
    expect(actorWords({ ...refused, actorName: null }, t)).toEqual({
      name: 'not signed in',
      kind: '',
    })
    expect(actorWords({ ...refused, actorKind: 'person', actorName: 'Ada' }, t).kind).toBe('')
  })
})
