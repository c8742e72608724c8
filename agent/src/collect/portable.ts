// Owns collection on systems other than Linux, through systeminformation.
import type { Collector, CollectorOptions } from './collector.ts'
import { TickAssembly } from './tick-assembly.ts'

/** The collector of macOS, Windows and FreeBSD; it runs on Linux too. */
export function createPortableCollector(_options: CollectorOptions): Promise<Collector> {
  const assembly = new TickAssembly()
  return Promise.resolve({
    collect: (timeMs) => Promise.resolve(assembly.assemble(timeMs, [])),
    close: () => Promise.resolve(),
    hung: () => [],
  })
}
