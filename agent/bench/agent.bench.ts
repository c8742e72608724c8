// Measures the real daemon, as a process of its own, against a hub's end on loopback: memory, CPU and bytes a tick.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TestHub } from '../test/test-hub.ts'

// Six rounds of the jobs that run every 10 s.
const TICKS = 60
// Past the first collection of what the start left behind, some 10 s in.
const WARM_UP_TICKS = 15
const BIN = fileURLToPath(new URL('../bin/vigie-agent.mjs', import.meta.url))

if (process.platform !== 'linux') process.exit(0)

const directory = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const hub = await new TestHub().start()
const env = { ...process.env, VIGIE_AGENT_DATA: directory }
const joining = spawn(process.execPath, [BIN, 'join', hub.url.href, hub.token], { env })
await new Promise((resolve) => joining.on('close', resolve))
const daemon = spawn(process.execPath, [BIN, 'run'], { env, stdio: 'ignore' })
const pid = daemon.pid ?? 0

// The scheduler's own count of each thread, in ns: the clock ticks of /proc/[pid]/stat are as long as six ticks cost.
function cpuMs(): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    .reduce((sum, ns) => sum + Number(ns) / 1e6, 0)
}
function rssMib(): number {
  const pages = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(pages)?.[1]) / 1024
}

await hub.until(() => hub.frames.length >= WARM_UP_TICKS)
const before = { cpuMs: cpuMs(), frames: hub.frames.length, bytes: hub.frameBytes }
await hub.until(() => hub.frames.length >= before.frames + TICKS)
const ticks = hub.frames.length - before.frames
const values = hub.valuesPerTick
const wireBytes = (hub.frameBytes - before.bytes) / ticks
const note = `daemon, ${ticks} ticks of ${values} values`
print('agent.cpu_ms_per_tick', (cpuMs() - before.cpuMs) / ticks, 'ms', note)
print('agent.rss_mib', rssMib(), 'MiB', note)
print('agent.values_per_tick', values, '{value}', note)
print('agent.wire_bytes_per_tick', wireBytes, 'By', `${note}; WebSocket header included`)
print('agent.wire_bytes_per_70_values', (wireBytes / values) * 70, 'By', note)

daemon.kill('SIGTERM')
await new Promise((resolve) => daemon.on('close', resolve))
await hub.kill()
rmSync(directory, { recursive: true, force: true })

function print(name: string, value: number, unit: string, about: string): void {
  const better = name === 'agent.values_per_tick' ? 'none' : 'lower'
  console.log(JSON.stringify({ name, value: Number(value.toFixed(2)), unit, better, note: about }))
}
