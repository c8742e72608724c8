// The hub's end of /agent against a real socket; each test is named by the rule of docs/protocol.md that it proves.
import { describe, expect, it } from 'vitest'
import { startHub } from './test-hub.ts'
import { KEYS, newKeys, TestAgent } from './test-agent.ts'

describe('an agent that joins', () => {
  it('H4: a token makes the host, and ticks are stored and acknowledged', async () => {
    const hub = await startHub()
    const { id, token } = await hub.enrolments.create({ name: 'web-1' })
    const agent = new TestAgent({ hub: hub.address, token })
    const welcome = await agent.enter()
    expect(welcome.name).toBe('web-1')
    expect((await hub.enrolments.state(id))?.hostId).toBe(welcome.hostId)

    const timeMs = Math.floor(Date.now() / 1000) * 1000
    await agent.acknowledged(agent.tick(timeMs))
    const runs = await hub.store.runs({ hostId: welcome.hostId, fromMs: 0, toMs: timeMs + 1 })
    expect(runs).toHaveLength(1)
    expect(runs[0]?.keys).toEqual(KEYS)
    expect([...(runs[0]?.block.values ?? [])]).toEqual([1234, 500, 1000, 42])
    expect(hub.fleet.list()[0]).toMatchObject({
      name: 'web-1',
      status: 'up',
      figures: { timeMs, cpuRatio: 0.1234, memoryRatio: 0.5 },
    })
    await agent.close()
  })
})
