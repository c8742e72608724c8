import { expect, it } from 'vitest'
import { machineOf, type Tree } from '../../test/machine-tree.ts'
import { readRelease } from './os-release.ts'

const file = (said: Record<string, string>) =>
  Object.entries(said)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

const RELEASES: readonly [
  what: string,
  expected: string,
  said: Record<string, string>,
  more?: Tree,
][] = [
  [
    'Debian, with its point release',
    'debian | Debian GNU/Linux | 12.5 (bookworm)',
    {
      ID: 'debian',
      NAME: '"Debian GNU/Linux"',
      VERSION_ID: '"12"',
      VERSION: '"12 (bookworm)"',
      VERSION_CODENAME: 'bookworm',
    },
    { 'etc/debian_version': '12.5\n' },
  ],
  [
    'Debian before it is released',
    'debian | Debian GNU/Linux | trixie/sid (trixie)',
    { ID: 'debian', NAME: '"Debian GNU/Linux"', VERSION_CODENAME: 'trixie' },
    { 'etc/debian_version': 'trixie/sid\n' },
  ],
  [
    'Ubuntu, which has the Debian that it is made of beside its own',
    'ubuntu | Ubuntu | 24.04.1 LTS (noble)',
    {
      ID: 'ubuntu',
      NAME: '"Ubuntu"',
      VERSION_ID: '"24.04"',
      VERSION: '"24.04.1 LTS (Noble Numbat)"',
      VERSION_CODENAME: 'noble',
    },
    { 'etc/debian_version': 'trixie/sid\n' },
  ],
  [
    'Red Hat',
    'rhel | Red Hat Enterprise Linux | 9.4 (Plow)',
    {
      ID: '"rhel"',
      NAME: '"Red Hat Enterprise Linux"',
      VERSION_ID: '"9.4"',
      VERSION: '"9.4 (Plow)"',
    },
  ],
  [
    'Rocky',
    'rocky | Rocky Linux | 8.10 (Green Obsidian)',
    {
      ID: '"rocky"',
      NAME: '"Rocky Linux"',
      VERSION_ID: '"8.10"',
      VERSION: '"8.10 (Green Obsidian)"',
    },
  ],
  [
    'SUSE, with its service pack as a number',
    'sles | SLES | 15.6',
    { ID: '"sles"', NAME: '"SLES"', VERSION_ID: '"15.6"', VERSION: '"15-SP6"' },
  ],
  [
    'Alpine',
    'alpine | Alpine Linux | 3.19.1',
    {
      ID: 'alpine',
      NAME: '"Alpine Linux"',
      VERSION_ID: '3.19.1',
      PRETTY_NAME: '"Alpine Linux v3.19"',
    },
  ],
  [
    'Arch',
    'arch | Arch Linux | rolling',
    { ID: 'arch', NAME: '"Arch Linux"', BUILD_ID: 'rolling' },
  ],
  [
    'one in other quotes',
    'own | Own "OS" | 1',
    { ID: "'own'", NAME: '"Own \\"OS\\""', VERSION_ID: "'1'", '# VERSION_ID': '2' },
  ],
]

it.each(RELEASES)('%s', async (_, expected, said, more = {}) => {
  const release = readRelease(await machineOf({ 'etc/os-release': file(said), ...more }))
  expect([release?.id, release?.name, release?.version].join(' | ')).toBe(expected)
})

it('the other place where the file may be, a file without a word of it, and none', async () => {
  expect(readRelease(await machineOf({ 'usr/lib/os-release': 'ID=own\n' }))).toEqual({
    id: 'own',
    name: 'own',
    version: '',
  })
  expect(readRelease(await machineOf({ 'etc/os-release': 'NAME=own\n===\n' }))).toBeUndefined()
  expect(readRelease(await machineOf({}))).toBeUndefined()
})

it('what is longer than the protocol takes is cut', async () => {
  const long = 'a'.repeat(20_000)
  const release = readRelease(await machineOf({ 'etc/os-release': `ID=${long}\nVERSION_ID=1\n` }))
  expect(release).toEqual({ id: 'a'.repeat(64), name: 'a'.repeat(128), version: '' })
})
