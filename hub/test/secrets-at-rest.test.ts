// What the hub keeps is its user's alone, whatever the umask that it was started with; and what others may read is told.
import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readableByOthers } from '../src/secret-files.ts'
import { CONFIG_FILE } from '../src/settings.ts'
import { forkHub } from './hub-process.ts'
import { tempDirectory } from './test-hub.ts'

/** As most shells and service managers have it: what is made may be read by everybody. */
const USUAL = { through: ['sh', '-c', 'umask 022; exec "$0" "$@"'] }

it('the data directory is 0700 and every file in it 0600', { timeout: 60_000 }, async () => {
  const data = join(await tempDirectory(), 'made/by/the/hub')
  const hub = await forkHub(data, '127.0.0.1:0', {}, USUAL)
  onTestFinished(() => hub.kill())
  // While it runs: the journal of the database is there then.
  const names = await readdir(data, { recursive: true })
  expect(names).toEqual(expect.arrayContaining(['vigie.db', 'vigie.db-wal', 'auth-secret']))
  const open: string[] = []
  for (const name of ['', ...names]) {
    if (((await stat(join(data, name))).mode & 0o077) !== 0) open.push(name)
  }
  expect(open).toEqual([])
  expect(((await stat(data)).mode & 0o777).toString(8)).toBe('700')
  expect(await readableByOthers({ dataDirectory: data, tls: undefined })).toBeUndefined()
})

it('what others may read is named, with the command that ends it', async () => {
  const data = await tempDirectory()
  const [config, keyFile] = [join(data, CONFIG_FILE), join(data, 'hub.key')]
  await writeFile(config, '{"smtpUrl": "smtp://a:secret@relay"}')
  await writeFile(keyFile, 'a key')
  await chmod(config, 0o640)
  await chmod(keyFile, 0o644)
  const tls = { certFile: 'hub.pem', keyFile }
  expect(await readableByOthers({ dataDirectory: data, tls })).toBe(
    `others may read them: run chmod go= ${config} ${keyFile}`,
  )
  await chmod(config, 0o600)
  await chmod(keyFile, 0o640)
  expect(await readableByOthers({ dataDirectory: data, tls })).toBeUndefined()
})
