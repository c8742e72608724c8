// Owns machines of a made-up fleet, as agents would tell them: realistic names, versions, sources and origins.
import type { Package, PackageManager } from '@vigie/shared/protocol/packages'
import type { HostSoftware } from '../../ports.ts'
import { DEBIAN_AND_UBUNTU } from './inventories-dpkg.ts'
import { RPM_BASED } from './inventories-rpm.ts'
import { OTHERS } from './inventories-others.ts'

/** One package a line: `name version [source] [| origin]`; on Windows `name = version | publisher`. */
export interface Inventory {
  readonly os: HostSoftware['os']
  readonly manager: PackageManager
  /** Where the line says no other. */
  readonly origin?: string
  readonly packages: string
}

export type Fleet = Readonly<Record<string, Inventory>>

export const FIRST_FLEET: Fleet = { ...DEBIAN_AND_UBUNTU, ...RPM_BASED, ...OTHERS }

export const HOST_NAMES = Object.keys(FIRST_FLEET)

/** A fleet's machines, numbered in the order of their names. */
export function labelledHosts(fleet: Fleet = FIRST_FLEET): HostSoftware[] {
  return Object.values(fleet).map((inventory, index) => ({
    hostId: index + 1,
    os: inventory.os,
    packages: inventory.packages
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => packageOf(line, inventory)),
  }))
}

function packageOf(line: string, { manager, origin: usual }: Inventory): Package {
  const [said = '', origin = usual] = line.split(' | ')
  const parts = manager === 'windows' ? said.split(' = ') : said.split(' ')
  const [name = '', version = '', source] = parts
  return {
    manager,
    name,
    version,
    ...(source !== undefined && { source }),
    ...(origin !== undefined && { origin }),
  }
}
