// Owns the inventory as the hub wants it: what the probe found, cut to the schema's lengths, the unknown left out.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { DEFAULT_EXCLUDES, matcher } from '../collect/exclude.ts'
import { basicInventory } from './basic-inventory.ts'
import { readLinuxDisks } from './linux-disks.ts'
import type { MachineProbe } from './systeminformation-probe.ts'
import { wholeBuild } from './windows-update.ts'

const MOST = 512
// What systeminformation and firmware write where they know nothing.
const SAYS_NOTHING = /^(-|unknown|none|default string|to be filled.*|not specified|n\/a)?$/i

/** Makes the inventory of this machine from a probe of it; `updateNumber` is that of Windows' updates. */
export function machineInventory(
  probe: MachineProbe,
  agentVersion: string,
  updateNumber?: number,
): Inventory {
  const basic = basicInventory(agentVersion)
  const { os, system, cpu } = probe
  const physicalCount = cpu.physicalCores
  return {
    ...basic,
    os: {
      ...(process.platform === 'linux' ? basic.os : systemOf(probe, basic, updateNumber)),
      kernel: known(os.kernel, 128) ?? basic.os.kernel,
    },
    ...optional('virtualization', system.virtual ? known(system.virtualHost, 64) : undefined),
    ...optional('hardware', joined([system.manufacturer, system.model], 256)),
    cpu: {
      ...basic.cpu,
      model: basic.cpu.model === 'unknown' ? cpuModel(probe) : basic.cpu.model,
      ...(physicalCount > 0 && { physicalCount }),
    },
    disks: process.platform === 'linux' ? readLinuxDisks().slice(0, MOST) : disksOf(probe),
    filesystems: filesystemsOf(probe),
    interfaces: interfacesOf(probe, basic),
  }
}

// On Linux the distribution itself says it better: the probe knows some of them by their logo, and half of their versions.
function systemOf(
  { os }: MachineProbe,
  basic: Inventory,
  updateNumber: number | undefined,
): Inventory['os'] {
  const release = wholeBuild(os.release, updateNumber)
  return {
    ...basic.os,
    id: known(os.logofile, 64) ?? basic.os.id,
    name: known(os.distro, 128) ?? basic.os.name,
    version: joined([release, os.codename && `(${os.codename})`], 128) ?? basic.os.version,
  }
}

function cpuModel({ cpu }: MachineProbe): string {
  return joined([cpu.manufacturer, cpu.brand], 256) ?? 'unknown'
}

function disksOf({ disks }: MachineProbe): Inventory['disks'] {
  return disks.slice(0, MOST).map(({ device, name, size }) => ({
    name: (known(device, 128) ?? name).slice(0, 128),
    ...optional('model', known(name, 256)),
    sizeBytes: Math.max(0, Math.round(size)),
  }))
}

function filesystemsOf({ filesystems }: MachineProbe): Inventory['filesystems'] {
  const isExcluded = matcher(DEFAULT_EXCLUDES.filesystemTypes)
  const isPlaceExcluded = matcher(DEFAULT_EXCLUDES.mountpoints)
  return filesystems
    .filter(({ type, mount }) => mount === '/' || !(isExcluded(type) || isPlaceExcluded(mount)))
    .slice(0, MOST)
    .map(({ fs, type, mount }) => ({
      mountpoint: mount.slice(0, 512),
      device: fs.slice(0, 512),
      type: type.slice(0, 64),
    }))
}

// Node knows every address, the probe those interfaces that have none.
function interfacesOf({ interfaces }: MachineProbe, basic: Inventory): Inventory['interfaces'] {
  const isExcluded = matcher(DEFAULT_EXCLUDES.interfaces)
  const addresses = new Map(basic.interfaces.map((one) => [one.name, one.addresses]))
  return interfaces
    .filter(({ iface, internal }) => !internal && !isExcluded(iface))
    .slice(0, MOST)
    .map(({ iface, mac }) => ({
      name: iface.slice(0, 64),
      ...optional('mac', known(mac, 32)),
      addresses: addresses.get(iface) ?? [],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

// The types of systeminformation promise more than all systems hold.
function known(text: string | null | undefined, maxLength: number): string | undefined {
  const trimmed = (text ?? '').trim()
  return SAYS_NOTHING.test(trimmed) ? undefined : trimmed.slice(0, maxLength)
}

function joined(parts: readonly string[], maxLength: number): string | undefined {
  const said = parts.map((part) => known(part, maxLength)).filter((part) => part !== undefined)
  return said.length > 0 ? said.join(' ').slice(0, maxLength) : undefined
}

function optional<Key extends string>(key: Key, value: string | undefined) {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, string>>
}
