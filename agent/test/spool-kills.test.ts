// The real agent as real processes, killed, stopped and restarted while its hub is away or there: no tick is lost.
import { describe, expect, it } from 'vitest'
import { start } from './agent-process.ts'
import { joined, timesOnDisk, untilOnDisk } from './spooling-agent.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const KILLS = isSoak ? 50 : 3

describe('an agent that ends while its hub is away', { timeout: 120_000 + KILLS * 10_000 }, () => {
  it(`by SIGKILL, ${KILLS} times: what was on the disk arrives`, async () => {
    const { hub, directory } = await joined()
    await hub.kill()
    let kept: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, exit } = start(directory, ['run'])
      const onDisk = await untilOnDisk(directory, kept.length + 2 + (kill % 3))
      child.kill('SIGKILL')
      await exit
      expect(onDisk).toEqual(expect.arrayContaining(kept))
      kept = await timesOnDisk(directory)
    }
    await hub.start()
    const { child, exit } = start(directory, ['run'])
    await hub.until(() => kept.every((timeMs) => hub.frames.flat().includes(timeMs)))
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
    // What it wrote before it knew that the hub is back may have to be sent again.
    expect(hub.frames.flat()).toEqual(expect.arrayContaining(await timesOnDisk(directory)))
  })

  it('by SIGTERM: what was in memory arrives', async () => {
    const { hub, directory } = await joined()
    await hub.kill()
    const { child, exit, logged } = start(directory, ['run'])
    await logged(({ spooledTicks = 0 }) => spooledTicks >= 2)
    child.kill('SIGTERM')
    expect((await exit).code).toBe(0)
    const kept = await timesOnDisk(directory)
    expect(kept.length).toBeGreaterThanOrEqual(2)
    await hub.start()
    const again = start(directory, ['run'])
    await hub.until(() => kept.every((timeMs) => hub.frames.flat().includes(timeMs)))
    again.child.kill('SIGTERM')
    await again.exit
  })
})

describe(
  'an agent that is killed while it is connected',
  { timeout: 60_000 + KILLS * 10_000 },
  () => {
    it(`${KILLS} times: loses no tick but the one that it was at`, async () => {
      const { hub, directory } = await joined()
      for (let kill = 0; kill < KILLS; kill++) {
        const before = hub.frames.length
        const { child, exit } = start(directory, ['run'])
        await hub.until(() => hub.frames.length >= before + 2 + (kill % 3))
        child.kill('SIGKILL')
        await exit
        const times = hub.frames.slice(before).flat()
        expect(times.length).toBe(new Set(times).size)
      }
      expect(await timesOnDisk(directory)).toEqual([])
    })
  },
)
