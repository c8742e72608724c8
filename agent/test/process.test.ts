// The real agent as real processes: its exit status, its one-line errors, its goodbye.
import { execFileSync } from 'node:child_process'
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { parseSeries } from '@vigie/shared/metrics/series'
import { describe, expect, it, onTestFinished } from 'vitest'
import { copyMachine } from '../fixtures/copy-machine.ts'
import {
  call,
  linesOf,
  MACHINE_AGENT,
  missingIn,
  place,
  SLOW_MACHINE_MS,
  start,
  startHub,
  startProgram,
} from './agent-process.ts'
import { CERTIFICATE } from './test-hub.ts'

describe('commands', { timeout: SLOW_MACHINE_MS }, () => {
  it('sample: one ndjson line in the catalogue’s units', async () => {
    const { code, out } = await call(await place(), ['sample'])
    expect(code).toBe(0)
    expect(out.split('\n')).toHaveLength(2)
    const line = JSON.parse(out) as { t: number; v: Record<string, number> }
    expect(Math.abs(line.t - Date.now())).toBeLessThan(3_600_000)
    expect(Object.keys(line.v).every((key) => parseSeries(key))).toBe(true)
    expect(line.v['system.cpu.utilization']).toBeLessThanOrEqual(1)
  })

  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['dance'], /unknown command 'dance'/],
    ['a missing argument', ['join', 'http://127.0.0.1:1'], /missing required argument 'token'/],
    ['no token', ['join', 'http://127.0.0.1:1', 'vigie.no'], /not a join token/],
    ['no address', ['join', 'nowhere', 'vigie.no'], /not a hub's address/],
  ])('%s is wrong usage: 2, one line', async (_, args, words) => {
    const { code, err } = await call(await place(), args)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('a bad setting stops the start with what is allowed', async () => {
    const { code, err } = await call(await place(), ['run'], { VIGIE_AGENT_INTERVAL: '2s' })
    expect(code).toBe(2)
    expect(err).toBe('vigie-agent: VIGIE_AGENT_INTERVAL is "2s"; allowed: 1s, 5s, 10s, 60s\n')
  })

  it('run without an identity says how to get one', async () => {
    const { code, err } = await call(await place(), ['run'])
    expect(code).toBe(1)
    expect(err).toMatch(/^vigie-agent: no identity at .*vigie-agent join URL TOKEN\n$/)
  })

  it('join with nobody there fails in one line', async () => {
    const hub = await startHub()
    await hub.kill()
    const { code, err } = await call(await place(), ['join', hub.url.href, hub.token])
    expect(code).toBe(1)
    expect(err).toMatch(/^vigie-agent: no hub at ws:.*ECONNREFUSED.*\n$/)
  })

  it('join refuses a certificate that no authority vouches for, and takes it from one', async () => {
    const hub = await startHub({ tls: true })
    const directory = await place()
    const refused = await call(directory, ['join', hub.url.href, hub.token])
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(
      /^vigie-agent: .* not trusted here \(self-signed certificate\); .*\n$/,
    )
    expect(hub.connections).toBe(0)
    const trusting = { NODE_EXTRA_CA_CERTS: CERTIFICATE }
    expect((await call(directory, ['join', hub.url.href, hub.token], trusting)).code).toBe(0)
  })

  it('H4: a token that the hub refuses: 1, in words', async () => {
    const hub = await startHub()
    hub.faults = { refuse: 'tokenRefused' }
    const { code, err } = await call(await place(), ['join', hub.url.href, hub.token])
    expect(code).toBe(1)
    expect(err).toMatch(/token is unknown, used or expired/)
  })
})

describe('the life of an agent', { timeout: SLOW_MACHINE_MS }, () => {
  it('joins, keeps its identity to itself, runs, and says goodbye on SIGTERM', async () => {
    const hub = await startHub()
    const directory = await place()
    const joined = await call(directory, ['join', hub.address, hub.token, '--name', 'web-1'])
    expect(joined).toMatchObject({ code: 0, out: 'joined as web-1\n' })
    expect(hub.ofType('hello')[0]?.hostname).toBe('web-1')
    expect(hub.ofType('bye')).toEqual([{ type: 'bye', reason: 'joined' }])
    const file = join(directory, 'identity.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    const identity = await readFile(file, 'utf8')

    const again = await call(directory, ['join', hub.address, hub.token])
    expect(again.code).toBe(1)
    expect(again.err).toMatch(/use --force/)
    expect(await readFile(file, 'utf8')).toBe(identity)

    const { child, exit, log } = start(directory, ['run'])
    await hub.until(() => hub.frames.length >= 3)
    child.kill('SIGTERM')
    expect(await exit).toMatchObject({ code: 0, out: '' })
    expect(log().find(({ msg }) => msg === 'welcome at the hub')?.host).toBe('web-1')
    expect(log().every(({ name }) => name === 'vigie-agent')).toBe(true)
    await hub.until(() => hub.closes.length === 2)
    expect(hub.ofType('bye').at(-1)).toEqual({ type: 'bye', reason: 'stopped' })
    expect(hub.closes.at(-1)?.code).toBe(1000)
    const times = hub.frames.flat()
    expect(times.every((timeMs) => timeMs % 1000 === 0)).toBe(true)
    expect(new Set(times).size).toBe(times.length)
  })

  it('T8: ticks on the hub’s clock, an hour away from this machine’s', async () => {
    const hub = await startHub()
    hub.clockShiftMs = -3_600_000
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const { child, exit } = start(directory, ['run'])
    await hub.until(() => hub.frames.length >= 2)
    child.kill('SIGINT')
    expect((await exit).code).toBe(0)
    for (const timeMs of hub.frames.flat()) {
      expect(Math.abs(Date.now() - 3_600_000 - timeMs)).toBeLessThan(600_000)
    }
  })

  it('T8: goes on in the hub’s new time when the hub’s clock is set back', async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const { child, exit, log } = start(directory, ['run'])
    await hub.until(() => hub.frames.length >= 2)
    hub.clockShiftMs = -3_600_000
    const inNewTime = () => hub.frames.flat().filter((timeMs) => timeMs < Date.now() - 1_800_000)
    await hub.until(() => inNewTime().length >= 3)
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
    await hub.until(() => hub.closes.length >= 3)
    expect(hub.closes.map(({ code }) => code)).toEqual([1000, CLOSE.malformed.code, 1000])
    expect(log().map(({ msg }) => msg)).toContain("the clock was set to the hub's")
    expect(new Set(inNewTime()).size).toBe(inNewTime().length)
  })

  it('every tick from before to after a hub’s death arrives, or is said to be missing', async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const { child, exit, logged } = start(directory, ['run'])
    await hub.until(() => hub.frames.length >= 2)
    hub.faults = { noAck: true }
    await hub.until(() => hub.frames.length >= 4)
    await hub.kill()
    await logged(({ spooledTicks = 0 }) => spooledTicks >= 2)
    hub.faults = {}
    const diedAt = hub.frames.length
    await hub.start()
    await hub.until(() => hub.frames.slice(diedAt).flat().length >= 6)
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
    expect(missingIn(hub)).toEqual([])
    const [newest = 0, ...older] = hub.frames.slice(diedAt).flat()
    expect(Math.min(...older)).toBeLessThan(newest)
  })

  // On 25 October 2026 at 1:00 UTC clocks in Paris go from 3:00 back to 2:00.
  it('does not notice the end of summer time', async () => {
    const hub = await startHub()
    hub.clockShiftMs = Date.UTC(2026, 9, 25, 0, 59, 57) - Date.now()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const { child, exit } = start(directory, ['run'], { TZ: 'Europe/Paris' })
    await hub.until(() => hub.frames.flat().some((t) => t > Date.UTC(2026, 9, 25, 1, 0, 2)))
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
    expect(missingIn(hub)).toEqual([])
    expect(new Set(hub.frames.flat()).size).toBe(hub.frames.flat().length)
  })

  it('ends when it is told to, whatever the kernel does not answer', async () => {
    const machine = copyMachine()
    onTestFinished(() => machine.remove(''))
    const fifo = `${machine.root}sys/class/hwmon/hwmon0/temp2_input`
    execFileSync('mkfifo', [fifo])
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const { child, exit, logged } = startProgram(directory, [MACHINE_AGENT, machine.root], {})
    await hub.until(() => hub.frames.length >= 2)
    await logged(({ msg }) => msg.includes('temp2_input'))
    child.kill('SIGTERM')
    const { signal, err } = await exit
    expect(signal).toBe('SIGTERM')
    expect(err).toContain(fifo)
    expect(linesOf(err).at(-2)?.msg).toBe('agent stopped')
    await hub.until(() => hub.closes.length === 2)
    expect(hub.ofType('bye').at(-1)).toEqual({ type: 'bye', reason: 'stopped' })
    expect(hub.closes.at(-1)?.code).toBe(1000)
  })

  it('refuses an identity that others can read, and one that is not whole', async () => {
    const hub = await startHub()
    const directory = await place()
    await call(directory, ['join', hub.url.href, hub.token])
    const file = join(directory, 'identity.json')
    await chmod(file, 0o644)
    const open = await call(directory, ['run'])
    expect(open.code).toBe(1)
    expect(open.err).toMatch(/readable by others; run: chmod 600/)
    await rm(file)
    await writeFile(file, '{"version":1}', { mode: 0o600 })
    const broken = await call(directory, ['run'])
    expect(broken.code).toBe(1)
    expect(broken.err).toMatch(/not a Vigie identity/)
  })
})
