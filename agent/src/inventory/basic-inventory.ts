// Owns the inventory as far as Node itself knows it: the fallback, and the frame that the probe fills.
import os from 'node:os'
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { readRelease } from './os-release.ts'
import { readTimeZone } from './time-zone.ts'

/** What is known without asking any other program. */
export function basicInventory(agentVersion: string): Inventory {
  return {
    hostname: os.hostname(),
    os: {
      id: process.platform,
      name: os.type(),
      version: os.version().slice(0, 128),
      kernel: os.release().slice(0, 128),
      architecture: os.arch(),
      ...(process.platform === 'linux' && readRelease()),
    },
    cpu: { model: (os.cpus()[0]?.model ?? 'unknown').slice(0, 256), logicalCount: logicalCount() },
    memoryBytes: os.totalmem(),
    disks: [],
    filesystems: [],
    interfaces: Object.entries(os.networkInterfaces())
      .filter(([, addresses]) => addresses?.some((address) => !address.internal))
      .map(([name, addresses = []]) => ({
        name: name.slice(0, 64),
        ...(addresses[0] && { mac: addresses[0].mac }),
        addresses: addresses.slice(0, 64).map((address) => address.address),
      })),
    timezone: readTimeZone(),
    agentVersion,
  }
}

function logicalCount(): number {
  return Math.max(1, os.cpus().length)
}
