// Owns `vigie-agent sample`: one tick of this machine as a line of ndjson, in the catalogue's units.
import { setTimeout as wait } from 'node:timers/promises'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import { createCollector } from '../collect/collector.ts'
import { readSettings } from '../settings.ts'
import { endBySignal } from './last-resort.ts'
import type { Tick } from '../tick.ts'

/** Prints the second of two readings one interval apart, so that rates are of that interval. */
export async function sample(environment: NodeJS.ProcessEnv): Promise<void> {
  const { intervalMs } = readSettings(environment)
  const warn = (_: object, message: string) => process.stderr.write(`vigie-agent: ${message}\n`)
  const collector = await createCollector({
    onSnapshot: () => undefined,
    clockOffsetMs: () => undefined,
    logger: { info: () => undefined, warn },
  })
  try {
    await collector.collect(Date.now())
    await wait(intervalMs)
    const tick = await collector.collect(Date.now())
    process.stdout.write(`${formatTick(tick)}\n`)
  } finally {
    await collector.close()
    endBySignal(() => warn({}, `no answer from the kernel for ${collector.hung().join(', ')}`))
  }
}

/** A tick as export writes it and import reads it: `{"t":epoch ms,"v":{series: value}}`, missing values left out. */
export function formatTick(tick: Tick): string {
  const values: Record<string, number> = {}
  tick.table.keys.forEach((key, index) => {
    const steps = tick.values[index] ?? NaN
    if (!Number.isNaN(steps)) values[key] = fromSteps(metricOf(key), steps)
  })
  return JSON.stringify({ t: tick.timeMs, v: values })
}
