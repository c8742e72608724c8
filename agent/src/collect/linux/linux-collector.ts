// Composes the collector of Linux: the sources in the order of their series, and the slower jobs beside the tick.
import { existsSync } from 'node:fs'
import { AgentSelfSource } from '../agent-self.ts'
import type { Collector, CollectorOptions } from '../collection.ts'
import { DEFAULT_EXCLUDES, matcher } from '../exclude.ts'
import type { Source } from '../readings.ts'
import { RiskyCalls } from '../risky-calls.ts'
import { SlowSource } from '../slow-source.ts'
import { SourceSet } from '../source-set.ts'
import { TickAssembly } from '../tick-assembly.ts'
import { Troubles } from '../troubles.ts'
import { readKernelUnits } from './auxiliary-vector.ts'
import { CpuSource } from './cpu.ts'
import { DisksSource } from './disks.ts'
import { FilesystemsSource } from './filesystems.ts'
import { FileDescriptorsSource, NumberSource } from './kernel-limits.ts'
import { readLinkSpeeds } from './link-speeds.ts'
import { LoadSource } from './load.ts'
import { MemorySource } from './memory.ts'
import { NetworkSource } from './network.ts'
import { PagingSource } from './paging.ts'
import { pressureSources } from './pressure.ts'
import { ProcessDetails } from './process-details.ts'
import { Processes } from './processes.ts'
import { rebootSearch } from './reboot-required.ts'
import { residentMemory } from './resident-memory.ts'
import { sensorSearch } from './sensors.ts'
import { Snapshots } from './snapshots.ts'
import { SocketsSource } from './sockets.ts'

const SLOW_EVERY_MS = 10_000
const REBOOT_EVERY_MS = 60_000
// Together they leave one of libuv's four threads to the rest of the agent, whatever never returns.
const LOCAL_CALLS = 2
const REMOTE_CALLS = 1

/** Reads /proc, /sys and statfs; starts no process on the tick. */
export async function createLinuxCollector(options: CollectorOptions): Promise<Collector> {
  const { root = '/', logger, monotonicMs = () => performance.now() } = options
  const troubles = new Troubles(logger)
  const local = new RiskyCalls(LOCAL_CALLS)
  const remote = new RiskyCalls(REMOTE_CALLS)
  const units = readKernelUnits()
  const exclude = { ...DEFAULT_EXCLUDES, ...options.exclude }
  let timeMs = Date.now()

  const slow = (name: string) => ({
    periodMs: SLOW_EVERY_MS,
    factor: options.besideFactor,
    monotonicMs,
    onError: (cause: unknown) => troubles.failed(name, cause),
  })
  const network = new NetworkSource(root, matcher(exclude.interfaces))
  const speeds = new SlowSource({
    name: 'link speeds',
    ...slow('link speeds'),
    find: () => readLinkSpeeds(network.names, { root, calls: local, troubles }),
  })
  const filesystems = new FilesystemsSource({
    root,
    excludes: {
      isExcludedType: matcher(exclude.filesystemTypes),
      isExcludedMountpoint: matcher(exclude.mountpoints),
    },
    local,
    remote,
    troubles,
  })
  const sensors = new SlowSource({
    name: 'sensors',
    ...slow('sensors'),
    find: sensorSearch({ root, calls: local, troubles }),
  })
  const reboot = new SlowSource({
    name: 'reboot required',
    ...slow('reboot required'),
    periodMs: REBOOT_EVERY_MS,
    find: rebootSearch(root),
  })
  const snapshots = new Snapshots({
    root,
    processes: new Processes({
      root,
      units,
      details: new ProcessDetails(root, local),
      monotonicMs,
    }),
    troubles,
    factor: options.besideFactor,
    monotonicMs,
    timeMs: () => timeMs,
    onSnapshot: (snapshot) => options.onSnapshot(snapshot),
  })
  const memory = residentMemory(units.pageBytes)
  const self = new AgentSelfSource({
    monotonicMs,
    clockOffsetMs: () => options.clockOffsetMs(),
    slowdown: options.slowdown,
    readMemoryBytes: () => memory.read(),
  })
  const sources = new SourceSet(
    [
      new CpuSource(root),
      new LoadSource(root),
      new MemorySource(root),
      new PagingSource(root),
      ...pressureSources(root),
      new DisksSource(root, matcher(exclude.disks)),
      filesystems,
      network,
      speeds,
      new SocketsSource(root),
      sensors,
      ...kernelCounts(root),
      reboot,
      snapshots,
      self,
    ],
    troubles,
  )
  const assembly = new TickAssembly()

  sources.read(monotonicMs)
  await Promise.all([filesystems.settled(), speeds.refresh(), reboot.refresh(), snapshots.start()])
  // Sensors on slow buses take their time: the first tick does not wait for them.
  void sensors.refresh()

  return {
    collect(tickMs) {
      timeMs = tickMs
      self.begin()
      return Promise.resolve(assembly.assemble(tickMs, sources.read(monotonicMs)))
    },
    close() {
      memory.close()
      sources.close()
      return Promise.resolve()
    },
    hung: () => [...local.overdue, ...remote.overdue],
  }
}

function kernelCounts(root: string): Source[] {
  const entropy = `${root}proc/sys/kernel/random/entropy_avail`
  return [
    new FileDescriptorsSource(root),
    ...(existsSync(entropy) ? [new NumberSource(entropy, 'system.linux.entropy')] : []),
    new NumberSource(`${root}proc/uptime`, 'system.uptime'),
  ]
}
