// Hosts for tests of the watch: what they are and what they have installed is put where agents' words end.
import type { Package } from '@vigie/shared/protocol/packages'
import { systemClock } from '../src/clock.ts'
import { joined } from './mailing-app.ts'
import type { TestHub } from './test-hub.ts'

const INVENTORY = {
  os: {
    id: 'debian',
    name: 'Debian GNU/Linux 12 (bookworm)',
    version: '12',
    kernel: '6.1.0-25-amd64',
    architecture: 'x64',
  },
}

/** Of nginx's own repository, whose numbers decide. */
export const nginx = (version: string): Package => ({
  manager: 'dpkg',
  name: 'nginx',
  version: `${version}-1~bookworm`,
  origin: 'NGINX Packaging <nginx-packaging@f5.com>',
})

/** A host that has told what it is and what it has; resolves with its id. */
export async function hostWith(
  hub: TestHub,
  name: string,
  packages: readonly Package[],
): Promise<number> {
  await joined(hub, name)
  const host = hub.fleet.list().find((one) => one.name === name)
  if (!host) throw new Error(`${name} did not join`)
  await hub.store.db
    .updateTable('host')
    .set({ inventory_json: JSON.stringify(INVENTORY) })
    .where('id', '=', host.id)
    .execute()
  await install(hub, host.id, packages)
  return host.id
}

/** Replaces what a host has. */
export async function install(
  hub: TestHub,
  hostId: number,
  packages: readonly Package[],
): Promise<void> {
  const hash = packages.map(({ name, version }) => `${name} ${version}`).join()
  await hub.store.packages.put(hostId, hash, systemClock.nowMs(), packages)
  hub.certWatch.packagesChanged()
}
