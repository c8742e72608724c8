// An agent that sends as much as it may, as fast as it can: what it sends waits, and another is acknowledged meanwhile.
import { encodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import { expect, it } from 'vitest'
import { QUOTAS } from '../../src/ingest/quotas.ts'
import { KEYS, TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'

const TICKS = 3600

async function joined(hub: TestHub, name: string): Promise<TestAgent> {
  const { token } = await hub.enrolments.create({ name })
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  return agent
}

function hour(startMs: number): Uint8Array {
  return encodeBlock({
    revision: tableRevision(KEYS),
    startMs,
    stepMs: 1000,
    present: new Uint8Array(TICKS).fill(1),
    values: new Float64Array(TICKS * KEYS.length).fill(1),
  })
}

it('Q5 hours without end are taken one after the other, while another host’s ticks go before them', async () => {
  const pace = { burst: TICKS, perSecond: TICKS }
  const hub = await startHub({ quotas: { ...QUOTAS, pace } })
  const [honest, flood] = [await joined(hub, 'honest'), await joined(hub, 'flood')]
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  const hours = 5
  for (let back = 1; back <= hours; back++) flood.sendBytes(hour(nowMs - back * TICKS * 1000))
  // The first two go through at once; each of the others waits a second for the one before it.
  await flood.acknowledged(1)
  for (let second = 1; second <= 3; second++) {
    await honest.acknowledged(honest.tick(nowMs - second * 1000))
  }
  expect(flood.framesAcknowledged).toBeLessThan(hours)
  await flood.acknowledged(hours)
  expect(flood.closed).toBeUndefined()
})

it('Q5 an agent that went in the middle of what waits comes back at once', async () => {
  const hub = await startHub({ quotas: { ...QUOTAS, pace: { burst: 1, perSecond: 100 } } })
  const agent = await joined(hub, 'web')
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  for (let back = 1; back <= 20; back++) agent.sendBytes(hour(nowMs - back * TICKS * 1000))
  await agent.acknowledged(1)
  agent.socket.terminate()
  const again = new TestAgent({ hub: hub.address, keys: agent.keys })
  expect((await again.enter()).name).toBe('web')
  await again.acknowledged(again.tick(nowMs))
})
