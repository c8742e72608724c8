// The real agent's process against a real hub: what it measures of this machine arrives, is kept, and is acknowledged.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runsOf, startHub, tempDirectory } from './test-hub.ts'

const MAIN = join(import.meta.dirname, '../../agent/src/main.ts')

it('an agent joins, runs, and is gone with a goodbye', { timeout: 60_000 }, async () => {
  const hub = await startHub()
  const env = { ...process.env, VIGIE_AGENT_DATA: await tempDirectory() }
  const agent = (...args: string[]) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: 'ignore' })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }

  const { token } = await hub.enrolments.create({ name: 'this-machine' })
  const [status] = (await once(agent('join', hub.address, token), 'exit')) as [number]
  expect(status).toBe(0)
  expect(hub.fleet.list()).toMatchObject([{ name: 'this-machine', status: 'unknown' }])

  const running = agent('run')
  await new Promise<void>((resolve) => {
    let ticks = 0
    hub.fleet.listen({ onHostsChanged() {}, onFigures: () => ++ticks === 3 && resolve() })
  })
  const [host] = hub.fleet.list()
  expect(host).toMatchObject({ status: 'up', statusReason: 'reporting' })
  const detail = await hub.fleet.detail(host?.id ?? 0)
  expect(detail?.values['system.memory.limit']).toBeCloseTo(totalmem(), -6)
  expect(Object.keys(detail?.values ?? {}).length).toBeGreaterThan(40)

  const exit = once(running, 'exit') as Promise<[number]>
  running.kill('SIGTERM')
  expect((await exit)[0]).toBe(0)
  const runs = await runsOf(hub, host?.id ?? 0)
  const ticks = runs.reduce((sum, { block }) => sum + block.present.filter(Boolean).length, 0)
  expect(ticks).toBeGreaterThanOrEqual(3)
  expect(hub.fleet.list()).toMatchObject([{ status: 'unknown', statusReason: 'stopped' }])
})
