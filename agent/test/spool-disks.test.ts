// The real agent as real processes on a data directory that is taken, damaged, in the way or full: it goes on and says so.
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readSegment } from '../src/spool/segment.ts'
import { BIN, call, missingIn, start, startProgram } from './agent-process.ts'
import { joined, timesOnDisk, untilOnDisk } from './spooling-agent.ts'

describe('the data directory', { timeout: 120_000 }, () => {
  it('has one agent', async () => {
    const { hub, directory } = await joined()
    const first = start(directory, ['run'])
    await hub.until(() => hub.frames.length >= 1)
    const second = await call(directory, ['run'])
    expect(second.code).toBe(1)
    expect(second.err).toMatch(/^vigie-agent: another agent runs on .*; stop it, .*\n$/)
    first.child.kill('SIGKILL')
    await first.exit
    const third = start(directory, ['run'])
    const before = hub.frames.length
    await hub.until(() => hub.frames.length > before)
    third.child.kill('SIGTERM')
    expect((await third.exit).code).toBe(0)
  })

  it('with damaged and foreign files in its spool: what is whole arrives, the rest is told', async () => {
    const { hub, directory } = await joined()
    await hub.kill()
    const { child, exit } = start(directory, ['run'])
    await untilOnDisk(directory, 6)
    child.kill('SIGTERM')
    await exit
    const kept = await timesOnDisk(directory)
    const spool = join(directory, 'spool')
    const [name = ''] = await readdir(spool)
    const bytes = await readFile(join(spool, name))
    const ticks = readSegment(bytes)?.ticks ?? []
    // In the payload of the third tick.
    bytes.fill(
      0,
      (ticks[2]?.payload.byteOffset ?? 0) - bytes.byteOffset,
      (ticks[2]?.payload.byteOffset ?? 0) - bytes.byteOffset + 4,
    )
    await writeFile(join(spool, name), bytes)
    await writeFile(join(spool, '0000000900.spool'), 'of another program')
    await hub.start()
    const again = start(directory, ['run'])
    const whole = kept.filter((_, index) => index !== 2)
    await hub.until(() => whole.every((timeMs) => hub.frames.flat().includes(timeMs)))
    await vi.waitFor(async () => expect(await readdir(spool)).toEqual(['0000000900.spool']), {
      timeout: 60_000,
    })
    again.child.kill('SIGTERM')
    expect((await again.exit).code).toBe(0)
    expect(hub.frames.flat()).not.toContain(kept[2])
    expect(hub.ofType('gap')).toContainEqual({
      type: 'gap',
      fromMs: kept[1],
      toMs: kept[3],
      reason: 'dropped',
      ticks: 1,
    })
  })

  it('that nothing can be written to: ticks wait in memory, and all arrive', async () => {
    const { hub, directory } = await joined()
    await hub.until(() => hub.closes.length === 1)
    await writeFile(join(directory, 'spool'), 'in the way')
    await expectAllArrives(hub, directory, start(directory, ['run']))
  })

  const isNamespaced = spawnSync('unshare', ['-Urm', 'true']).status === 0
  it.skipIf(!isNamespaced)('on a full disk: ticks wait in memory, and all arrive', async () => {
    const { hub, directory } = await joined()
    const script = `mount -t tmpfs -o size=64k none "$1/spool" && dd if=/dev/zero of="$1/spool/full" bs=1k 2>/dev/null
      exec "$2" "$3" run`
    await spoolDirectory(directory)
    const args = ['-Urm', 'sh', '-c', script, 'sh', directory, process.execPath, BIN]
    await expectAllArrives(hub, directory, startProgram(directory, args, {}, 'unshare'))
  })
})

async function spoolDirectory(directory: string): Promise<void> {
  await mkdir(join(directory, 'spool'))
  await chmod(join(directory, 'spool'), 0o700)
}

type Hub = Awaited<ReturnType<typeof joined>>['hub']

/** The hub goes away until the agent wants to use its disk, and comes back: nothing is missing. */
async function expectAllArrives(hub: Hub, directory: string, agent: ReturnType<typeof start>) {
  await hub.until(() => hub.frames.length >= 2)
  await hub.kill()
  await agent.logged(({ msg }) => msg.startsWith('the spool cannot be written'))
  const before = hub.frames.length
  await hub.start()
  await hub.until(() => hub.frames.slice(before).flat().length >= 12)
  agent.child.kill('SIGTERM')
  expect((await agent.exit).code).toBe(0)
  expect(agent.log().filter(({ msg }) => msg.startsWith('the spool cannot'))).toHaveLength(1)
  expect(missingIn(hub)).toEqual([])
  expect(await timesOnDisk(directory).catch(() => [])).toEqual([])
}
