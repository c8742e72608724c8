// Owns the way into collection: one collector for this machine, whichever system it runs.
import type { Collector, CollectorOptions } from './collection.ts'

export type { CollectLogger, Collector, CollectorOptions } from './collection.ts'

/** Makes the collector and takes its first reading, so that the first tick already has rates. */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  if (process.platform === 'linux') {
    const { createLinuxCollector } = await import('./linux/linux-collector.ts')
    return createLinuxCollector(options)
  }
  const { createPortableCollector } = await import('./portable.ts')
  return createPortableCollector(options)
}
