// Owns what benchmarks read of a hub that runs as a process: from the kernel, and from its own figures.
import { readFile } from 'node:fs/promises'
import { createApiTokens } from '../src/auth/api-tokens.ts'
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/store.ts'
import type { HubProcess } from '../test/hub-process.ts'

/** Of all threads of the hub (proc_pid_stat(5), in hundredths of a second; proc_pid_io(5); proc_pid_status(5)). */
export async function usage({ pid }: HubProcess) {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8')
  const [stat, io, status] = await Promise.all([read('stat'), read('io'), read('status')])
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    cpuS: (Number(fields[11]) + Number(fields[12])) / 100,
    writtenBytes: Number(/^write_bytes: (\d+)$/m.exec(io)?.[1]),
    rssBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024,
  }
}

/** The 99th percentile of the event loop's delay since it was last asked for. */
export async function loopDelayMs(hub: HubProcess, token: string): Promise<number> {
  const answer = await fetch(`${hub.address}/metrics`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const [, seconds] = /^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(await answer.text()) ?? []
  return Number(seconds) * 1000
}

/** A token that may look, for a data directory that no hub runs on. */
export async function viewerToken(dataDir: string): Promise<string> {
  const store = await openStore({ dataDir })
  const made = await createApiTokens(store.db, systemClock).create({
    name: 'bench',
    role: 'viewer',
  })
  await store.close()
  return made.token
}
