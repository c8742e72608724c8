// What is installed, from a real agent's process to a real hub's database: all of it once, then what changes, and no more.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '../src/store/store.ts'
import { startHub, tempDirectory, type TestHub } from './test-hub.ts'

const AGENT = join(import.meta.dirname, '../../agent')
const SLOW_MACHINE_MS = 120_000
const PACKAGES = 1500

const paragraph = (name: string, version: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nMaintainer: A Team <team@debian.invalid>\n\n`
const status = (version: string) =>
  Array.from({ length: PACKAGES }, (_, index) =>
    paragraph(`package-${index}`, index === 700 ? version : '1.0-1'),
  ).join('')

/** A machine with packages of its own, and all else of this one. */
async function machine() {
  const root = await tempDirectory()
  for (const name of ['proc', 'sys']) await symlink(`/${name}`, join(root, name))
  const path = join(root, 'var/lib/dpkg/status')
  await mkdir(dirname(path), { recursive: true })
  const install = async (text: string) => {
    await writeFile(`${path}-new`, text)
    await rename(`${path}-new`, path)
  }
  await install(status('1.0-1'))
  return { root: `${root}/`, install }
}

/** A hub that counts what it is told of packages. */
async function listeningHub(options: Parameters<typeof startHub>[0] = {}) {
  let told = 0
  let ticks = 0
  const waiting = new Set<() => void>()
  const wake = () => waiting.forEach((one) => one())
  const onPackages = () => {
    told++
    wake()
  }
  const hub = await startHub({ ...options, onPackages })
  hub.fleet.listen({
    onHostsChanged() {},
    onFigures() {
      ticks++
      wake()
    },
  })
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => waiting.add(resolve))
  }
  return {
    hub,
    toldTimes: () => told,
    hasTold: (times: number) => until(() => told >= times),
    /** What an agent says when it has come back it has said by then. */
    hasTicked: (times: number) => until(() => ticks >= times),
  }
}

async function startAgent(hub: TestHub, root: string) {
  const env = {
    ...process.env,
    VIGIE_AGENT_DATA: await tempDirectory(),
    VIGIE_LOG_LEVEL: process.env['VIGIE_TEST_LOG'] ?? 'error',
  }
  const agent = (...args: string[]) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
  const { token } = await hub.enrolments.create({ name: 'debian-1' })
  const join = agent(`${AGENT}/src/main.ts`, 'join', hub.address, token)
  expect(await once(join, 'exit')).toEqual([0, null])
  agent(`${AGENT}/test/hasty-agent.ts`, root)
}

it(
  'P1, P3: all of it once, then a change, nothing after a restart, and all of it after a loss',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const { root, install } = await machine()
    const first = await listeningHub()
    const { dataDirectory, address } = first.hub
    await startAgent(first.hub, root)
    await first.hasTold(1)
    const hostId = first.hub.fleet.list()[0]?.id ?? 0
    const version = async (hub: TestHub) => {
      const { packages = [] } = (await hub.store.packages.of(hostId)) ?? {}
      expect(packages).toHaveLength(PACKAGES)
      return packages.find(({ name }) => name === 'package-700')?.version
    }
    expect(await version(first.hub)).toBe('1.0-1')

    await install(status('1.0-2'))
    await first.hasTold(2)
    expect(await version(first.hub)).toBe('1.0-2')
    await first.hub.close()

    const listen = { host: '127.0.0.1', port: Number(new URL(address).port) }
    const second = await listeningHub({ dataDirectory, listen })
    await second.hasTicked(3)
    expect(second.toldTimes()).toBe(0)
    expect(await version(second.hub)).toBe('1.0-2')
    await install(status('1.0-3'))
    await second.hasTold(1)
    expect(await version(second.hub)).toBe('1.0-3')
    await second.hub.close()

    const database = new SqliteDatabase(join(dataDirectory, DATABASE_FILE))
    database.exec('delete from package_list')
    database.close()
    const third = await listeningHub({ dataDirectory, listen })
    await third.hasTold(1)
    expect(await version(third.hub)).toBe('1.0-3')
  },
)
