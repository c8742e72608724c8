import os from 'node:os'
import { metricOf } from '@vigie/shared/metrics/series'
import { Snapshot } from '@vigie/shared/protocol/inventory'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { createPortableCollector } from './portable.ts'

it('the portable collector gives the same names, and a snapshot', { timeout: 60_000 }, async () => {
  let shown: (snapshot: Snapshot) => void = () => undefined
  const snapshot = new Promise<Snapshot>((resolve) => (shown = resolve))
  const collector = await createPortableCollector({
    onSnapshot: (snapshot) => shown(snapshot),
    clockOffsetMs: () => undefined,
    logger: { warn: () => undefined, info: () => undefined },
  })
  const { table, values } = await collector.collect(1000)
  const limit = (table.keys as readonly string[]).indexOf('system.memory.limit')
  expect((values[limit] ?? NaN) * metricOf('system.memory.limit').step).toBe(os.totalmem())
  for (const key of table.keys) expect(metricOf(key).unit, key).not.toBe('{value}')
  expect(Value.Check(Snapshot, await snapshot)).toBe(true)
  await collector.close()
})
