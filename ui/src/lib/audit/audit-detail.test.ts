import { expect, it } from 'vitest'
import { english } from '../cert/advisory.test-support.ts'
import { readDetail } from './audit-detail.ts'

it.each([
  [
    'role: viewer, hostTags: ["web"], expiresMs: null',
    'Viewer, hosts tagged web, until it is ended',
  ],
  [
    'hostTags: null, names: hidden, isOn: true, endsMs: null',
    'every host, names hidden, switched on, until it is ended',
  ],
  ['name: night, isEnabled: false', 'as night, switched off'],
  ['tags: []', 'no tags'],
  ['scope: {"hosts":[1', 'scope: {"hosts":[1'],
])('%s is read to people', (detail, words) => {
  expect(readDetail(detail, english)).toBe(words)
})
