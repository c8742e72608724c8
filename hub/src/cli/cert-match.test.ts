// Files that people write by hand for `vigie cert match`: what they leave out, and what is wrong in them.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempDirectory } from '../../test/test-hub.ts'
import { matchFiles } from './cert-match.ts'

const DOCUMENT = {
  reference: 'CERTFR-2099-AVI-0001',
  title: 'Vulnérabilité dans Frob',
  affected_systems: [
    { description: 'Frob versions antérieures à 2.0', product: { vendor: { name: 'Acme' } } },
  ],
}
const PACKAGE = { manager: 'rpm', name: 'frob', version: '1.9-1', origin: 'Acme', source: null }
const HOST = { os: { id: 'rhel', version: '9.4' }, packages: [PACKAGE], seen: 'today' }

async function match(documents: string, host: unknown): Promise<string> {
  const folder = await tempDirectory()
  const [advisories, machine] = [join(folder, 'a.json'), join(folder, 'host.json')]
  await writeFile(advisories, documents)
  await writeFile(machine, typeof host === 'string' ? host : JSON.stringify(host))
  try {
    const matches = await matchFiles(advisories, machine)
    return matches.map(({ reference, verdict }) => `${reference} ${verdict}`).join()
  } catch (error) {
    return String(error)
      .replaceAll(`${folder}/`, '')
      .replace(/^\w*Error: /, '')
  }
}

it('takes one document, a list, or one a line, and no more of a host than is known', async () => {
  const told = 'CERTFR-2099-AVI-0001 concerned'
  expect(await match(JSON.stringify(DOCUMENT, null, 2), HOST)).toBe(told)
  expect(await match(JSON.stringify([DOCUMENT]), HOST)).toBe(told)
  expect(await match(`\uFEFF${JSON.stringify(DOCUMENT)}\r\n\n`, HOST)).toBe(told)
  expect(await match(JSON.stringify(DOCUMENT), { ...HOST, packages: [] })).toBe('')
})

it.each([
  ['{', HOST, 'a.json:1 is no JSON'],
  ['{"title":"x"}', HOST, 'a.json: it has no reference'],
  ['[]', '{', 'host.json is no JSON'],
  ['[]', {}, 'host.json: must have required properties os, packages'],
  ['[]', { ...HOST, os: {} }, 'host.json: /os needs an id or a name, such as "debian"'],
  [
    '[]',
    { ...HOST, packages: [PACKAGE, { ...PACKAGE, version: '' }] },
    'host.json: /packages/1 must have required properties version',
  ],
  [
    '[]',
    { ...HOST, packages: [{ ...PACKAGE, manager: 'deb' }] },
    'host.json: /packages/0/manager must be one of dpkg, rpm, apk, pacman, homebrew, winget, windows',
  ],
])('%s with %j: %s', async (documents, host, why) => {
  expect(await match(documents, host)).toBe(why)
})
