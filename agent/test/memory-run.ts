// A program that measures what ticks leave in memory: prints the heap, in bytes, after each of some rounds of ticks. Ticks of
// a real collector go through a real spool and link to a hub's end; `away` is a hub that is not there, so that they go to disk.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { systemClock } from '../src/clock/clock.ts'
import { createCollector } from '../src/collect/collector.ts'
import { generateKeyPair } from '../src/identity/keys.ts'
import { Link } from '../src/link/link.ts'
import { DiskQueue } from '../src/spool/disk-queue.ts'
import { Spool } from '../src/spool/spool.ts'
import { TestHub } from './test-hub.ts'

const ROUNDS = 10
const TICKS = 2_000

const isAway = process.argv[2] === 'away'
const logger = { info: () => undefined, warn: () => undefined }
const directory = await mkdtemp(join(tmpdir(), 'vigie-memory-'))
const hub = await new TestHub().start()
const { url } = hub
if (isAway) await hub.kill()
const limits = { maxTicks: 5_000, maxBytes: 1e9 }
const spool = new Spool({
  stepMs: 1000,
  clock: systemClock,
  logger,
  disk: new DiskQueue({ directory, limits, stepMs: 1000, clock: systemClock, logger }),
  segmentClock: () => ({ isHubs: true, bootId: 'boot', leadMs: 0 }),
})
const link = new Link({
  identity: {
    hubUrl: url.href,
    hubFingerprint: hub.fingerprint,
    hostId: 1,
    name: 'memory',
    ...generateKeyPair(),
  },
  introduction: { bootId: 'boot', hostname: 'memory', agentVersion: '0', intervalMs: 1000 },
  startedBootMs: systemClock.bootMs(),
  spool,
  clock: systemClock,
  logger,
  onWelcome: () => undefined,
  onClockSample: () => undefined,
  hubMs: () => Infinity,
})
link.start()
const collector = await createCollector({
  logger,
  clockOffsetMs: () => 0,
  onSnapshot: (snapshot) => link.sendSnapshot(snapshot),
})
const writer = new ByteWriter(4096)
let timeMs = Math.floor(Date.now() / 1000) * 1000 - ROUNDS * TICKS * 1000
for (let round = 0; round < ROUNDS; round++) {
  for (let tick = 0; tick < TICKS; tick++) {
    const { table, values } = await collector.collect((timeMs += 1000))
    const present = Uint8Array.of(1)
    const block = { revision: table.revision, startMs: timeMs, stepMs: 1000, present, values }
    const payload = encodeBlock(block, writer)
    link.sendTick(spool.append({ timeMs, table, payload, gaps: [] }))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  // What the hub's end of this process remembers is not the agent's.
  for (const list of [hub.frames, hub.messages, hub.closes]) list.length = 0
  globalThis.gc?.()
  process.stdout.write(`${process.memoryUsage().heapUsed}\n`)
}
await link.stop('stopped')
await collector.close()
await spool.close()
await hub.kill()
await rm(directory, { recursive: true })
