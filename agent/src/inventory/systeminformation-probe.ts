// Owns the use of systeminformation, here and nowhere else: it is large and starts processes, so it stays off the tick.
import si from 'systeminformation'

/** What the inventory takes from it. Takes seconds. */
export async function probeMachine() {
  const [os, system, cpu, disks, filesystems, interfaces] = await Promise.all([
    si.osInfo(),
    si.system(),
    si.cpu(),
    // On Linux /sys knows them all, and no disk is woken by asking.
    process.platform === 'linux' ? [] : si.diskLayout(),
    si.fsSize(),
    si.networkInterfaces(),
  ])
  return { os, system, cpu, disks, filesystems, interfaces: [interfaces].flat() }
}

export type MachineProbe = Awaited<ReturnType<typeof probeMachine>>

/** What the collector of other systems takes from it each time. */
export async function probeLoad() {
  const [load, memory, filesystems, networks, disks, operations] = await Promise.all([
    si.currentLoad(),
    si.mem(),
    si.fsSize(),
    si.networkStats('*'),
    si.fsStats(),
    si.disksIO(),
  ])
  return { load, memory, filesystems, networks, disks, operations }
}

export type LoadProbe = Awaited<ReturnType<typeof probeLoad>>

/** What it takes more rarely. */
export async function probeSlowly() {
  const [temperature, processes, users] = await Promise.all([
    si.cpuTemperature(),
    si.processes(),
    si.users(),
  ])
  return { temperature, processes, users }
}

export type SlowProbe = Awaited<ReturnType<typeof probeSlowly>>
