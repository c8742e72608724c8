// Owns collection on systems other than Linux, through systeminformation: same names, at the pace that it can keep.
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import { probeLoad, probeSlowly } from '../inventory/systeminformation-probe.ts'
import { AgentSelfSource } from './agent-self.ts'
import type { Collector, CollectorOptions } from './collection.ts'
import { DEFAULT_EXCLUDES, matcher } from './exclude.ts'
import { portableLoad } from './portable-load.ts'
import { portableSnapshot, portableTemperatures } from './portable-slow.ts'
import { SlowSource } from './slow-source.ts'
import { SourceSet } from './source-set.ts'
import { TickAssembly } from './tick-assembly.ts'
import { Troubles } from './troubles.ts'

// A probe starts processes on most systems and may take longer than a second; the next one waits for it.
const LOAD_EVERY_MS = 1000
const LOAD_FRESH_MS = 5000
const SLOW_EVERY_MS = 10_000

/** The collector of macOS, Windows and FreeBSD; it runs on Linux too. Values are up to two probes old. */
export async function createPortableCollector(options: CollectorOptions): Promise<Collector> {
  const { logger, monotonicMs = () => performance.now() } = options
  const troubles = new Troubles(logger)
  const exclude = { ...DEFAULT_EXCLUDES, ...options.exclude }
  const toFound = portableLoad({
    isExcludedInterface: matcher(exclude.interfaces),
    isExcludedType: matcher(exclude.filesystemTypes),
    isExcludedMountpoint: matcher(exclude.mountpoints),
  })
  let timeMs = Date.now()
  let isClosed = false

  const load = new SlowSource({
    name: 'systeminformation',
    periodMs: LOAD_EVERY_MS,
    freshMs: LOAD_FRESH_MS,
    find: async () => toFound(await probeLoad(), monotonicMs()),
    monotonicMs,
    onError: (cause) => troubles.failed('systeminformation', cause),
  })
  const emit = (snapshot: Snapshot) => {
    if (!isClosed) options.onSnapshot(snapshot)
  }
  const slow = new SlowSource({
    name: 'sensors',
    periodMs: SLOW_EVERY_MS,
    factor: options.besideFactor,
    find: async () => {
      const probe = await probeSlowly()
      emit(portableSnapshot(probe, timeMs))
      return portableTemperatures(probe)
    },
    monotonicMs,
    onError: (cause) => troubles.failed('processes', cause),
  })
  const self = new AgentSelfSource({
    monotonicMs,
    clockOffsetMs: () => options.clockOffsetMs(),
    slowdown: options.slowdown,
    readMemoryBytes: () => process.memoryUsage.rss(),
  })
  const sources = new SourceSet([load, slow, self], troubles)
  const assembly = new TickAssembly()
  sources.read(monotonicMs)
  await load.refresh()
  void slow.refresh()

  return {
    collect(tickMs) {
      timeMs = tickMs
      self.begin()
      return Promise.resolve(assembly.assemble(tickMs, sources.read(monotonicMs)))
    },
    close() {
      isClosed = true
      sources.close()
      return Promise.resolve()
    },
    hung: () => [],
  }
}
