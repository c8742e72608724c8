import type { StatusPage } from '@vigie/shared/api/status-page'
import { describe, expect, it } from 'vitest'
import { draftOf, faultsOf, formOf } from './page-form.ts'

const PAGE: StatusPage = {
  ...{ id: 1, title: 'Ours', text: '', slug: 'ours', hostTags: ['web'], names: 'shown' },
  ...{ isOn: true, endsMs: 5000, createdMs: 0, url: 'https://example.org/status/ours' },
}

describe('the form of a status page', () => {
  it('leaves the address of a new page to the hub, and says neither names nor hosts of others by itself', () => {
    const form = { ...formOf(null), title: ' Ours ' }
    expect(faultsOf(form, true)).toEqual([])
    expect(draftOf(form, 1000)).toEqual({
      ...{ title: 'Ours', text: '', names: 'hidden', hostTags: null, endsMs: null },
    })
    expect(faultsOf(formOf(null), true)).toEqual(['title'])
    expect(draftOf({ ...form, life: '7' }, 1000.5).endsMs).toBe(1000 + 7 * 86_400_000)
  })

  it('keeps the end of a page that has one, and wants it to have an address', () => {
    const form = formOf(PAGE)
    expect(draftOf(form, 1000)).toEqual({
      ...{ title: 'Ours', text: '', slug: 'ours', names: 'shown', hostTags: ['web'] },
    })
    expect(faultsOf({ ...form, slug: '' }, false)).toEqual(['slug'])
    expect(faultsOf({ ...form, hostTags: [] }, false)).toEqual(['hostTags'])
  })

  it.each(['ab', '-ours', 'ours-', 'Ours', 'our s', 'é12', 'x'.repeat(65)])(
    'does not take %s for the end of an address',
    (slug) => expect(faultsOf({ ...formOf(PAGE), slug }, true)).toEqual(['slug']),
  )
})
