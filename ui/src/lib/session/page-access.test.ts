import { describe, expect, it } from 'vitest'
import { missingFor } from './page-access.ts'

const administrator = { role: 'admin', hostTags: null } as const
const viewer = { role: 'viewer', hostTags: null } as const
const limited = { role: 'viewer', hostTags: ['web'] } as const satisfies {
  role: 'viewer'
  hostTags: string[]
}

describe('the pages that somebody is led to', () => {
  it('are all of them for an administrator', () => {
    for (const route of ['/', '/add', '/cert', '/settings/people', '/settings/rules/[id]']) {
      expect([route, missingFor(route, administrator)]).toEqual([route, undefined])
    }
  })

  it('are those of looking for a viewer', () => {
    expect(missingFor('/cert/[reference]', viewer)).toBeUndefined()
    expect(missingFor('/settings/rules', viewer)).toBeUndefined()
    expect(missingFor('/settings/account', viewer)).toBeUndefined()
    expect(missingFor('/settings/tokens', viewer)).toBe('administrator')
    expect(missingFor('/add', viewer)).toBe('administrator')
  })

  it('are not those of the whole fleet for a viewer of some hosts', () => {
    expect(missingFor('/incidents/mails', limited)).toBe('whole-fleet')
    expect(missingFor('/settings/rules', null)).toBe('whole-fleet')
    expect(missingFor('/cert/[reference]', limited)).toBeUndefined()
    expect(missingFor('/incidents', limited)).toBeUndefined()
    expect(missingFor('/settings/hub', limited)).toBeUndefined()
  })

  it('are told apart by whole parts of their route', () => {
    expect(missingFor('/settings/mails', limited)).toBeUndefined()
  })
})
