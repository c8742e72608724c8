// One hub has a data directory at a time, as real processes see it.
import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { forkHub } from './hub-process.ts'
import { tempDirectory } from './test-hub.ts'

const MAIN = join(import.meta.dirname, '../src/main.ts')
const VIGIE = join(import.meta.dirname, '../bin/vigie.mjs')

async function secondHub(data: string): Promise<{ code: unknown; stderr: string }> {
  const env = {
    PATH: process.env['PATH'],
    VIGIE_DATA: data,
    VIGIE_LISTEN: '127.0.0.1:0',
    VIGIE_CERT_SOURCES: 'none',
  }
  const options = { env, timeout: 30_000, killSignal: 'SIGKILL' } as const
  return promisify(execFile)(process.execPath, [MAIN], options).then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: unknown) => error as { code: unknown; stderr: string },
  )
}

it(
  'a second hub on a data directory is refused in one line, until the first is gone however it ended',
  { timeout: 90_000 },
  async () => {
    const data = await tempDirectory()
    let hub = await forkHub(data)
    onTestFinished(() => hub.kill())
    const refused = await secondHub(data)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toBe(
      `vigie: ${data} is in use by another hub: stop that one, or set VIGIE_DATA to another directory\n`,
    )
    expect((await fetch(`${hub.address}/healthz`)).status).toBe(200)
    await hub.kill()
    hub = await forkHub(data)
    expect((await secondHub(data)).code).toBe(1)
    expect(await hub.stop()).toBe(0)
    hub = await forkHub(data)
    expect(await hub.stop()).toBe(0)
  },
)

it('commands work on the data directory of a hub that runs', { timeout: 60_000 }, async () => {
  const data = await tempDirectory()
  const hub = await forkHub(data)
  onTestFinished(() => hub.kill())
  const env = { PATH: process.env['PATH'], VIGIE_DATA: data }
  const { stdout } = await promisify(execFile)(process.execPath, [VIGIE, 'enrol', '--json'], {
    env,
  })
  expect(JSON.parse(stdout)).toMatchObject({ token: expect.stringMatching(/^vigie\./) as string })
})

it('what holds the lock is no secret and may be deleted while no hub runs', async () => {
  const data = await tempDirectory()
  let hub = await forkHub(data)
  onTestFinished(() => hub.kill())
  await hub.kill()
  const lock = join(data, 'hub.lock')
  expect((await readFile(lock)).length).toBe(0)
  await rm(lock)
  hub = await forkHub(data)
  expect(await hub.stop()).toBe(0)
})
