import { chownSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { machineOf } from '../../test/machine-tree.ts'
import { readIdentity, writeIdentity, type Identity } from './identity-file.ts'
import { generateKeyPair } from './keys.ts'

const NOBODY = 65_534

const identityOf = (name: string): Identity => ({
  hubUrl: 'ws://127.0.0.1:1/agent',
  hubFingerprint: 'A'.repeat(43),
  hostId: 1,
  name,
  ...generateKeyPair(),
})

it.runIf(process.getuid?.() === 0)('what root writes is of whom the directory is', async () => {
  const directory = join(await machineOf({}), 'data')
  mkdirSync(directory)
  chownSync(directory, NOBODY, NOBODY)
  for (const name of ['first', 'second']) {
    writeIdentity(directory, identityOf(name))
    const { uid, gid, mode } = statSync(join(directory, 'identity.json'))
    expect([uid, gid, mode & 0o777]).toEqual([NOBODY, NOBODY, 0o600])
    expect(readIdentity(directory)?.name).toBe(name)
  }
})

it('what is written goes through no link', async () => {
  const link = { link: '../elsewhere' }
  const root = await machineOf({
    elsewhere: 'kept',
    [`data/identity.json.${process.pid}.tmp`]: link,
    'data/identity.json': link,
  })
  writeIdentity(join(root, 'data'), identityOf('m'))
  expect(readFileSync(join(root, 'elsewhere'), 'utf8')).toBe('kept')
  expect(readIdentity(join(root, 'data'))?.name).toBe('m')
})
