// Lists of packages that are damaged, endless or made to hurt: a reader gives what is in them or none, and never half.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { truncate } from 'node:fs/promises'
import { MAX_PACKAGES, MAX_PACKAGES_LENGTH } from '@vigie/shared/protocol/limits'
import { packageOf as packageOfLine } from '@vigie/shared/protocol/package-line'
import { Package } from '@vigie/shared/protocol/packages'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { machineOf, type Tree } from '../../../test/machine-tree.ts'
import { readApk } from './apk.ts'
import { listBounded, MOST_BYTES, readBounded } from './bounded-files.ts'
import { packagesOf, readDpkg } from './dpkg.ts'
import { packageOf } from './package-reader.ts'
import { readPackages } from './read-packages.ts'
import { readPacman } from './pacman.ts'

const paragraph = (name: string, version = '1') =>
  `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n\n`

describe('a list that is damaged is none', () => {
  const lists: readonly [what: string, read: typeof readDpkg, tree: Tree][] = [
    ['dpkg, torn', readDpkg, { 'var/lib/dpkg/status': `${paragraph('a')}Package: b\nVers` }],
    ['dpkg, of noise', readDpkg, { 'var/lib/dpkg/status': randomBytes(5000) }],
    ['dpkg, of zeros', readDpkg, { 'var/lib/dpkg/status': Buffer.alloc(5000) }],
    ['dpkg, a directory', readDpkg, { 'var/lib/dpkg/status/': '' }],
    ['dpkg, a link to itself', readDpkg, { 'var/lib/dpkg/status': { link: 'status' } }],
    ['dpkg, a device', readDpkg, { 'var/lib/dpkg/status': { link: '/dev/zero' } }],
    ['apk, torn', readApk, { 'lib/apk/db/installed': 'P:a\nV:1\n\nP:b\nV' }],
    ['apk, of noise', readApk, { 'lib/apk/db/installed': randomBytes(5000) }],
    ['pacman, without a desc', readPacman, { 'var/lib/pacman/local/a-1/files': '' }],
    ['pacman, of noise', readPacman, { 'var/lib/pacman/local/a-1/desc': randomBytes(500) }],
  ]
  it.each(lists)('%s', async (_, read, tree) => {
    await expect(read(await machineOf(tree))).rejects.toThrow()
  })
})

it('a pipe holds nobody up', async () => {
  const root = await machineOf({ 'var/lib/dpkg/': '' })
  execFileSync('mkfifo', [`${root}var/lib/dpkg/status`])
  await expect(readDpkg(root)).rejects.toThrow('is not a file')
})

it('a file is read to a limit, and a directory too', async () => {
  const root = await machineOf({
    huge: '',
    small: '12345',
    'full/a': '',
    'full/b': '',
    'full/c': '',
  })
  // A hole takes no room on the disk.
  await truncate(`${root}huge`, MOST_BYTES + 1)
  await expect(readBounded(`${root}huge`)).rejects.toThrow('bytes')
  await expect(readBounded(`${root}small`, 4)).rejects.toThrow('bytes')
  expect(await readBounded(`${root}small`, 5)).toBe('12345')
  await expect(listBounded(`${root}full`, 2)).rejects.toThrow('entries')
  expect((await listBounded(`${root}full`, 3))?.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  // What the kernel makes as it is read says no size.
  expect(await readBounded('/proc/self/status')).toContain('Pid:')
})

it('links that go round are not followed', async () => {
  const root = await machineOf({
    'opt/homebrew/Cellar/a/1/bin/a': '',
    'opt/homebrew/Cellar/a/2': { link: '.' },
    'opt/homebrew/Cellar/b': { link: '../Cellar' },
  })
  const { lines } = await readPackages(root)
  expect(lines.map(packageOfLine)).toEqual([{ manager: 'homebrew', name: 'a', version: '1' }])
})

it('P5: whatever a status file holds, what comes of it is what the protocol takes', () => {
  const value = fc.string({ unit: 'binary', maxLength: 400 })
  const field = fc.tuple(
    fc.constantFrom('Package', 'Version', 'Source', 'Maintainer', 'Architecture', 'Status', ''),
    fc.oneof(value, fc.constantFrom('install ok installed', 'a (1', '(', ' ', '\u0000')),
  )
  const check = (fields: [string, string][]) => {
    const text = fields.map(([name, content]) => `${name}: ${content}\n`).join('')
    for (const one of packagesOf(text)) expect([...Value.Errors(Package, one)]).toEqual([])
  }
  fc.assert(fc.property(fc.array(field, { maxLength: 12 }), check), { numRuns: 2000 })
})

it('a name or version that is too long names no package, and other facts are cut', () => {
  const long = 'a'.repeat(256)
  expect(packageOf('dpkg', { name: long, version: '1' })).toBeUndefined()
  expect(packageOf('dpkg', { name: 'a', version: long })).toBeUndefined()
  expect(packageOf('dpkg', { name: ' ', version: '1' })).toBeUndefined()
  const one = packageOf('dpkg', {
    name: 'a\u0007b',
    version: '1',
    origin: long,
    architecture: long,
  })
  expect(one).toMatchObject({ name: 'a b', origin: 'a'.repeat(255), architecture: 'a'.repeat(32) })
})

describe('P5: of more packages than the protocol takes', () => {
  it('the first are told, and how many are left', async () => {
    const names = Array.from({ length: MAX_PACKAGES + 5 }, (_, index) => paragraph(`p${index}`))
    const root = await machineOf({ 'var/lib/dpkg/status': names.join('') })
    const { lines, left } = await readPackages(root)
    expect([lines.length, left]).toEqual([MAX_PACKAGES, 5])
  })

  it('the same of more text', async () => {
    const origin = `Maintainer: ${'é'.repeat(255)}\nSource: ${'s'.repeat(255)} (${'v'.repeat(255)})\n`
    const status = Array.from({ length: 12_000 }, (_, index) => origin + paragraph(`p${index}`))
    const root = await machineOf({ 'var/lib/dpkg/status': status.join('') })
    const { lines, left } = await readPackages(root)
    expect(lines.length + left).toBe(12_000)
    const length = lines.reduce((sum, line) => sum + line.length, 0)
    expect(length).toBeLessThanOrEqual(MAX_PACKAGES_LENGTH)
    expect(length).toBeGreaterThan(MAX_PACKAGES_LENGTH - 2000)
  })
})

it('a manager that cannot be read hides no other, and of two alike one is told', async () => {
  const root = await machineOf({
    'var/lib/dpkg/status': paragraph('a') + paragraph('a') + paragraph('a', '2'),
    'lib/apk/db/installed': 'torn',
  })
  const { lines, failed, watched } = await readPackages(root)
  expect(lines.map(packageOfLine).map(({ version }) => version)).toEqual(['1', '2'])
  expect(failed).toMatchObject([{ manager: 'apk' }])
  expect(watched).toEqual([`${root}var/lib/dpkg/status`])
})
