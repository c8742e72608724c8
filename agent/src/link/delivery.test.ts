import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { DrivenClock } from '../../test/test-clocks.ts'
import { tickAt } from '../../test/test-ticks.ts'
import { Spool } from '../spool/spool.ts'
import { Caution } from './caution.ts'
import { Delivery } from './delivery.ts'

/** What a hub takes for long (hub/src/ingest/agent-connection.ts). */
const TEXTS_PER_SECOND = 20

it('T6: a backlog tells its many gaps as slowly as a hub takes texts, and no live tick waits', async () => {
  const clock = new DrivenClock()
  const logger = { info: () => undefined, warn: () => undefined }
  const segmentClock = () => ({ isHubs: true, bootId: 'boot', leadMs: 0 })
  const spool = new Spool({ stepMs: 1000, clock, logger, segmentClock })
  // As many in each block as are told one by one.
  const gaps = 400
  const everyMs = 75_000
  for (let atMs = everyMs; atMs <= gaps * everyMs; atMs += everyMs) {
    const gap = { fromMs: atMs - everyMs, toMs: atMs, reason: 'stalled', ticks: 74 } as const
    spool.append({ ...tickAt(atMs), gaps: [gap] })
  }

  let frames = 0
  let told = 0
  const connection = {
    waitingBytes: 0,
    send: () => undefined,
    sendGap: () => {
      told++
    },
    sendBlock: () => ++frames,
    close: () => undefined,
  }
  const caution = new Caution()
  const onFailed = (error: unknown): never => expect.fail(String(error))
  const delivery = new Delivery({
    connection,
    spool,
    clock,
    caution,
    hubMs: () => Infinity,
    onFailed,
  })
  delivery.start()
  for (let second = 1; told < gaps; second++) {
    for (let passedMs = 0; passedMs < 1000; passedMs += 50) {
      await setImmediate()
      delivery.acknowledged(frames)
      clock.advance(50)
    }
    expect(told).toBeLessThan(second * TEXTS_PER_SECOND)
    const before = frames
    delivery.live(spool.append(tickAt((gaps + second) * everyMs)))
    expect(frames).toBe(before + 1)
  }
  delivery.acknowledged(frames)
  expect(spool.count).toBe(0)
  expect(told).toBe(gaps)
})
