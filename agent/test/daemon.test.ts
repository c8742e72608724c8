// The real daemon as a process: what it does when it costs too much, and what status and doctor say of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  call,
  MACHINE_AGENT,
  place,
  SLOW_MACHINE_MS,
  start,
  startHub,
  startProgram,
} from './agent-process.ts'

it(
  'slows down when it costs more than it may, and tells the hub by how much',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const tiny = { VIGIE_AGENT_MAX_CPU: '0.01%' }
    const { child, exit, logged } = startProgram(directory, [MACHINE_AGENT, '/', '700'], tiny)
    // Where a level is a moment, it may be past 5 s when it says so.
    await hub.until(() => hub.ofType('hello').some(({ intervalMs }) => intervalMs >= 5_000))
    await logged(({ msg }) => msg === 'the agent is over its budget and slows down')
    // Its ticks at the longer interval have the level with them.
    const before = hub.frames.length
    await hub.until(() => hub.frames.length > before + 1)
    expect(hub.ofType('series').at(-1)?.keys).toContain('vigie.agent.slowdown')
    expect(hub.frames.at(-1)?.every((timeMs) => timeMs % 5_000 === 0)).toBe(true)
    const standing = JSON.parse(readFileSync(join(directory, 'standing.json'), 'utf8')) as object
    expect(standing).toMatchObject({ pid: child.pid })
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
  },
)

it(
  'over its budget of memory it gives back what nobody uses, and goes on as it is set',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const budget = { VIGIE_AGENT_MAX_MEMORY: '300MB' }
    // It has used 400 MB before it begins.
    const args = [MACHINE_AGENT, '/', '1000', '400']
    const { child, exit, log, logged } = startProgram(directory, args, budget)
    await logged(({ afterBytes }) => afterBytes !== undefined)
    const { beforeBytes = 0, afterBytes = 0 } = log().find((line) => line.afterBytes) ?? {}
    expect(beforeBytes).toBeGreaterThan(300e6)
    expect(afterBytes).toBeLessThan(200e6)
    const before = hub.frames.length
    await hub.until(() => hub.frames.length > before + 2)
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
    expect(hub.ofType('hello').every(({ intervalMs }) => intervalMs === 1000)).toBe(true)
  },
)

it(
  'says so where it can do with no less memory: in its log, in status and in doctor',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const tiny = { VIGIE_AGENT_MAX_MEMORY: '20MB', RUNTIME_DIRECTORY: directory }
    const { child, exit, logged } = startProgram(directory, [MACHINE_AGENT, '/', '300'], tiny)
    await logged(({ msg }) => msg.endsWith('memory and can do with no less'))
    const words = /\d+ MB, over its budget, and it can do with no less/
    while (!words.test((await call(directory, ['status'])).out));
    const { out } = await call(directory, ['doctor'])
    expect(out).toMatch(/lack {2}memory: \d+ MB, over its budget.*\n {6}do: raise VIGIE_AGENT_MAX/)
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
  },
)

it(
  'status: 0 and how it stands while it runs, 3 when it does not',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const stopped = await call(directory, ['status'])
    expect(stopped).toMatchObject({ code: 3, err: '' })
    expect(stopped.out).toContain('does not run')

    const runtime = { RUNTIME_DIRECTORY: directory }
    const { child, exit } = start(directory, ['run'], runtime)
    await hub.until(() => hub.frames.length >= 4)
    const { code, out } = await call(directory, ['status', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      isRunning: true,
      standing: {
        pid: child.pid,
        hub: hub.url.href,
        isConnected: true,
        intervalMs: 1_000,
        slowdown: 0,
      },
    })
    expect((await call(directory, ['status'])).out).toMatch(
      /^vigie-agent runs since .*\n(.*\n)*waiting +\d+ samples\n/,
    )
    child.kill('SIGTERM')
    await exit
    expect((await call(directory, ['status'])).code).toBe(3)
  },
)

it(
  'doctor: 1 and one line of what to do when the hub is away',
  { timeout: SLOW_MACHINE_MS },
  async () => {
    const hub = await startHub()
    const directory = await place()
    expect((await call(directory, ['doctor'])).out).toMatch(
      /BAD {3}identity: .*\n {6}do: vigie-agent join/,
    )
    await call(directory, ['join', hub.url.href, hub.token])
    await hub.kill()
    const { code, out } = await call(directory, ['doctor'])
    expect(code).toBe(1)
    expect(out).toMatch(
      /BAD {3}hub 127\.0\.0\.1:\d+: .*ECONNREFUSED.*\n {6}do: check that the hub runs/,
    )
  },
)
