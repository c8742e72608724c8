// The hub as a process: what it says when it cannot start, and that it stops cleanly.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '../src/store/store.ts'
import { RawClient } from './hostile/raw-http.ts'
import { forkHub } from './hub-process.ts'
import { startHub, tempDirectory } from './test-hub.ts'

const MAIN = join(import.meta.dirname, '../src/main.ts')

/** Runs the hub, which is expected to end by itself. */
function start(settings: Record<string, string>): Promise<{ status: unknown; stderr: string }> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      VIGIE_LISTEN: '127.0.0.1:0',
      VIGIE_LOG_LEVEL: 'error',
      VIGIE_CERT_SOURCES: 'none',
      ...settings,
    }
    execFile(
      process.execPath,
      [MAIN],
      { env, timeout: 30_000, killSignal: 'SIGKILL' },
      (error, _, stderr) => resolve({ status: error?.code, stderr }),
    )
  })
}

describe(
  'a hub that cannot start says so in one line, and ends with status 1',
  { timeout: 40_000 },
  () => {
    it('the port is in use', async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      onTestFinished(() => void other.close())
      const listen = `127.0.0.1:${(other.address() as AddressInfo).port}`
      const { status, stderr } = await start({
        VIGIE_DATA: await tempDirectory(),
        VIGIE_LISTEN: listen,
      })
      expect(status).toBe(1)
      expect(stderr).toBe(
        `vigie: ${listen} is in use: stop the other program (another hub?), or set VIGIE_LISTEN to a free port\n`,
      )
    })

    it('the data directory is no directory', async () => {
      const file = join(await tempDirectory(), 'file')
      await writeFile(file, '')
      const { status, stderr } = await start({ VIGIE_DATA: file })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^vigie: .+not a directory.*\n$/)
    })

    it('the data directory cannot be written', async () => {
      // /sys takes no new directory from anyone, root included.
      const { status, stderr } = await start({ VIGIE_DATA: '/sys/vigie' })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^vigie: \/sys\/vigie .+ VIGIE_DATA .+\n$/)
    })

    it('the data directory is where no directory can be made', async () => {
      for (const data of ['/proc/vigie', '/proc/vigie/data']) {
        const { status, stderr } = await start({ VIGIE_DATA: data })
        expect(status).toBe(1)
        expect(stderr).toBe(
          `vigie: ${data} cannot be made: set VIGIE_DATA to a directory on a disk\n`,
        )
      }
    })

    it.each([DATABASE_FILE, 'hub-key.json', 'auth-secret', 'hub.lock'])(
      'a directory is in the way of %s',
      async (name) => {
        const directory = await tempDirectory()
        await mkdir(join(directory, name))
        const { status, stderr } = await start({ VIGIE_DATA: directory })
        expect(status).toBe(1)
        expect(stderr).toMatch(/^vigie: [^\n]+ VIGIE_DATA [^\n]+\n$/)
        expect(stderr).toContain(directory)
      },
    )

    it('a setting has a value that is not allowed', async () => {
      const { status, stderr } = await start({ VIGIE_RETENTION: 'forever' })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^vigie: VIGIE_RETENTION.*forever.*\n$/)
    })

    it('the database is none', async () => {
      const directory = await tempDirectory()
      await writeFile(
        join(directory, DATABASE_FILE),
        'this is not a database, and long enough to tell',
      )
      const { status, stderr } = await start({ VIGIE_DATA: directory })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^vigie: the database in .+ is damaged: .+\n$/)
    })

    it('the database was written by a newer version', async () => {
      const hub = await startHub()
      await hub.store.db
        .insertInto('kysely_migration' as never)
        .values({ name: '9999-from-tomorrow', timestamp: '' })
        .execute()
      await hub.close()
      const { status, stderr } = await start({ VIGIE_DATA: hub.dataDirectory })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^vigie: .+newer version.+9999-from-tomorrow.+\n$/)
    })
  },
)

it(
  'a hub that is told to stop ends with status 0, and starts again',
  { timeout: 40_000 },
  async () => {
    const directory = await tempDirectory()
    for (let run = 0; run < 2; run++) {
      const hub = await forkHub(directory)
      onTestFinished(() => hub.kill())
      expect((await fetch(`${hub.address}/healthz`)).status).toBe(200)
      expect(await hub.stop()).toBe(0)
    }
  },
)

describe('an upgrade that the hub does not take', () => {
  const upgrade = (path: string): string =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'

  it.each(['/live', '/api/v1/hosts', '/nowhere', '/%'])('%s ends its socket', async (path) => {
    const hub = await startHub()
    const client = new RawClient(hub.address).write(`${upgrade(path)}\r\n`)
    await client.closed
    await hub.close()
  })

  it('ends its socket when it comes while the hub closes, which it does not hold up', async () => {
    const hub = await startHub()
    const client = new RawClient(hub.address).write(upgrade('/agent'))
    await once(client.socket, 'connect')
    // The hub has the first half when it answers a request that was sent behind it.
    expect((await fetch(`${hub.address}/healthz`)).status).toBe(200)
    const closed = hub.close()
    while (
      await fetch(`${hub.address}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    );
    client.write('\r\n')
    await client.closed
    expect(client.received).toMatch(/^HTTP\/1\.1 503 /)
    await closed
  })
})
