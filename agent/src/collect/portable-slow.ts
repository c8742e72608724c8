// Owns the naming of what systeminformation finds more rarely: temperatures, processes, people.
import { seriesKey } from '@vigie/shared/metrics/series'
import type { Process, Snapshot } from '@vigie/shared/protocol/inventory'
import type { SlowProbe } from '../inventory/systeminformation-probe.ts'
import type { Found } from './slow-source.ts'

const TOP_OF_EACH = 15

/** The temperatures that the probe found, which are none on most virtual machines. */
export function portableTemperatures({ temperature, users }: SlowProbe): Found {
  const at = (location: string) =>
    seriesKey('hw.temperature', { 'hw.name': 'cpu', 'hw.sensor_location': location })
  const main = temperature.main as number | null
  const found = [
    ...(main === null ? [] : [[at('package'), main] as const]),
    ...temperature.cores.map((celsius, core) => [at(`core ${core}`), celsius] as const),
    [seriesKey('system.users'), users.length] as const,
  ]
  return { keys: found.map(([key]) => key), values: found.map(([, value]) => value) }
}

/** The momentary lists of a probe. */
export function portableSnapshot({ processes, users }: SlowProbe, timeMs: number): Snapshot {
  const byCpu = processes.list.toSorted((a, b) => b.cpu - a.cpu)
  const byMemory = processes.list.toSorted((a, b) => b.memRss - a.memRss)
  const top = new Set([...byCpu.slice(0, TOP_OF_EACH), ...byMemory.slice(0, TOP_OF_EACH)])
  return {
    timeMs,
    processes: {
      total: processes.all,
      top: [...top].map((one): Process => ({
        pid: one.pid,
        name: one.name.slice(0, 256),
        command: `${one.command} ${one.params}`.trim().slice(0, 512),
        ...(one.user && { user: one.user.slice(0, 64) }),
        cpuRatio: Math.max(0, one.cpu / 100),
        memoryBytes: one.memRss * 1024,
      })),
    },
    users: users.slice(0, 256).map(({ user, tty, ip, date, time }) => {
      const sinceMs = Date.parse(`${date} ${time}`)
      return {
        name: user.slice(0, 64),
        terminal: tty.slice(0, 64),
        ...(ip && { from: ip.slice(0, 255) }),
        ...(sinceMs >= 0 && { sinceMs }),
      }
    }),
  }
}
