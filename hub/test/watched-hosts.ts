// A hub that watches, and its hosts: what they are and what they have installed is put where agents' words end.
import type { Package } from '@vigie/shared/protocol/packages'
import type { AppOptions } from '../src/app-options.ts'
import { systemClock } from '../src/clock.ts'
import type { AdvisoryBoard } from './advisory-board.ts'
import { joined, OPS, startMailingApp, untilLedger } from './mailing-app.ts'
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

/** What an advisory is about whose fix those have that install nginx 1.26.2. */
export const OF_NGINX = {
  title: 'Vulnérabilité dans nginx',
  affected: [{ text: 'nginx versions antérieures à 1.26.2', vendor: 'F5', product: 'nginx' }],
}

/** A hub that reads a board when it is told to, once the mail is written that its watch has begun. */
export async function startWatching(
  board: AdvisoryBoard,
  options: Partial<AppOptions> = {},
): Promise<TestHub> {
  const hub = await startMailingApp({
    mailTo: [OPS],
    certCron: '0 0 1 1 *',
    advisorySources: [board.source()],
    ...options,
    limits: { gatherPackagesMs: 50 },
  })
  await untilLedger(hub, (ledger) => ledger.some(({ kind }) => kind === 'watch'))
  return hub
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
  await describeHost(hub, host.id, packages)
  return host.id
}

/** A host that has joined tells what it is and what it has. */
export async function describeHost(
  hub: TestHub,
  hostId: number,
  packages: readonly Package[],
): Promise<void> {
  await hub.store.db
    .updateTable('host')
    .set({ inventory_json: JSON.stringify(INVENTORY) })
    .where('id', '=', hostId)
    .execute()
  await install(hub, hostId, packages)
}

/** Replaces what a host has. */
export async function install(
  hub: TestHub,
  hostId: number,
  packages: readonly Package[],
): Promise<void> {
  const hash = packages.map(({ name, version }) => `${name} ${version}`).join()
  await hub.store.packages.put(hostId, hash, systemClock.nowMs(), packages)
  hub.certWatch.packagesChanged(hostId)
}
