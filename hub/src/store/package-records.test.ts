// Packages on a real database file.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { MAX_PACKAGES } from '@vigie/shared/protocol/limits'
import { packageLine, packagesText } from '@vigie/shared/protocol/package-line'
import type { Package } from '@vigie/shared/protocol/packages'
import { expect, it, onTestFinished } from 'vitest'
import type { HostSoftware } from '../cert/ports.ts'
import { hashOfText } from './package-text.ts'
import { openStore } from './store.ts'

async function openWithHosts(count: number) {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-packages-'))
  const store = await openStore({
    dataDir,
    onThreadDied(error) {
      throw error
    },
  })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const hostIds: number[] = []
  for (let host = 0; host < count; host++) {
    const id = `e${host}`
    await store.enrolments.add({ id, secretSha256: '', name: null, expiresAtMs: 9e15 }, 0)
    const facts = { hostname: id, nowMs: 0, bootId: 'b', agentVersion: '1', intervalMs: 1000 }
    const joined = await store.enrolments.redeem({ enrolmentId: id, publicKey: id, ...facts })
    hostIds.push(joined?.host.id ?? 0)
  }
  return { store, hostIds, hostId: hostIds[0] ?? 0 }
}

const dpkg = (name: string, version: string): Package => ({
  manager: 'dpkg',
  name,
  version,
  architecture: 'amd64',
  origin: 'Debian GNU/Linux team <team@debian.invalid>',
})
const linesOf = (...packages: Package[]) => packages.map(packageLine)
const hashOf = (...packages: Package[]) => hashOfText(packagesText(linesOf(...packages)))
const whole = (readMs: number, ...packages: Package[]) => {
  return { base: null, hash: hashOf(...packages), readMs, put: linesOf(...packages), removed: [] }
}

const BASH = dpkg('bash', '5.2.15-2+b2')
const NEW_BASH = dpkg('bash', '5.2.15-2+b8')
const CURL = dpkg('curl', '7.88.1-10+deb12u5')

async function all(each: AsyncIterable<HostSoftware>): Promise<HostSoftware[]> {
  const found: HostSoftware[] = []
  for await (const one of each) found.push(one)
  return found
}

it('P3: a list is kept, changed, and replaced', async () => {
  const { store, hostId } = await openWithHosts(1)
  const { packages } = store
  expect(await packages.of(hostId)).toBeUndefined()
  expect(await packages.hashOf(hostId)).toBeNull()
  expect(await packages.apply(hostId, whole(1, CURL, BASH))).toBe(true)
  expect(await packages.of(hostId)).toEqual({ packages: [BASH, CURL], readMs: 1 })
  const base = hashOf(BASH, CURL)
  const change = { base, readMs: 2, put: linesOf(NEW_BASH), removed: linesOf(BASH) }
  expect(await packages.apply(hostId, { ...change, hash: hashOf(NEW_BASH, CURL) })).toBe(true)
  expect(await packages.of(hostId)).toEqual({ packages: [NEW_BASH, CURL], readMs: 2 })
  expect(await packages.hashOf(hostId)).toBe(hashOf(NEW_BASH, CURL))
  await packages.put(hostId, hashOf(), 3, [])
  expect(await packages.of(hostId)).toEqual({ packages: [], readMs: 3 })
})

it('P4: a change of another list, or to another than it says, changes nothing', async () => {
  const { store, hostId } = await openWithHosts(1)
  const { packages } = store
  await packages.apply(hostId, whole(1, BASH))
  const change = { readMs: 2, put: linesOf(CURL), removed: [] }
  const [base, hash] = [hashOf(BASH), hashOf(BASH, CURL)]
  expect(await packages.apply(hostId, { ...change, base: hashOf(CURL), hash })).toBe(false)
  expect(await packages.apply(hostId, { ...change, base, hash: hashOf(CURL) })).toBe(false)
  expect(await packages.apply(hostId, { ...whole(2, CURL), hash })).toBe(false)
  expect(await packages.of(hostId)).toEqual({ packages: [BASH], readMs: 1 })
})

it('P5: changes do not make a list of more than a host may have', async () => {
  const { store, hostId } = await openWithHosts(1)
  const { packages } = store
  const most = Array.from({ length: MAX_PACKAGES }, (_, index) => dpkg(`p${index}`, '1'))
  expect(await packages.apply(hostId, whole(1, ...most))).toBe(true)
  const base = hashOf(...most)
  const one = { base, hash: hashOf(...most, CURL), readMs: 2, put: linesOf(CURL), removed: [] }
  expect(await packages.apply(hostId, one)).toBe(false)
  const long = { ...CURL, version: '1'.repeat(255), source: '\u0001'.repeat(255) }
  const heavy = Array.from({ length: 8000 }, (_, index) => ({ ...long, name: `p${index}` }))
  const half = heavy.slice(0, 4000)
  expect(await packages.apply(hostId, whole(3, ...half))).toBe(true)
  const rest = { base: hashOf(...half), readMs: 4, put: linesOf(...heavy.slice(4000)), removed: [] }
  expect(await packages.apply(hostId, { ...rest, hash: hashOf(...heavy) })).toBe(false)
  expect(await packages.hashOf(hostId)).toBe(hashOf(...half))
})

it('a list that is damaged on the disk is one that was never told, and hides no other', async () => {
  const { store, hostIds } = await openWithHosts(2)
  const [damaged = 0, sound = 0] = hostIds
  const { packages, db } = store
  for (const hostId of hostIds) {
    await packages.apply(hostId, whole(1, BASH))
    await store.hosts.recordInventory(hostId, 'h', inventory)
  }
  const payload = Buffer.from('no list')
  await db.updateTable('package_list').set({ payload }).where('host_id', '=', damaged).execute()
  expect(await packages.of(damaged)).toBeUndefined()
  expect((await all(packages.each())).map(({ hostId }) => hostId)).toEqual([sound])
  const change = { base: hashOf(BASH), readMs: 2, put: linesOf(CURL), removed: [] }
  expect(await packages.apply(damaged, { ...change, hash: hashOf(BASH, CURL) })).toBe(false)
  expect(await packages.apply(damaged, whole(2, CURL))).toBe(true)
})

it('what a host that is gone told is not kept, and goes with the host', async () => {
  const { store, hostId } = await openWithHosts(1)
  const { packages, db } = store
  await packages.put(hostId, hashOf(BASH), 1, [BASH])
  expect(await packages.list()).toEqual([{ hostId, hash: hashOf(BASH), packages: 1, readMs: 1 }])
  await db.updateTable('enrolment').set({ host_id: null }).execute()
  await db.deleteFrom('host').where('id', '=', hostId).execute()
  expect(await packages.list()).toEqual([])
  expect(await packages.apply(hostId, whole(1, BASH))).toBe(true)
  expect(await packages.list()).toEqual([])
})

const inventory: Inventory = {
  hostname: 'h',
  os: { id: 'debian', name: 'Debian', version: '12', kernel: '6.1.0', architecture: 'x64' },
  cpu: { model: 'm', logicalCount: 1 },
  memoryBytes: 1,
  disks: [],
  filesystems: [],
  interfaces: [],
  timezone: 'UTC',
  agentVersion: '1',
}

it('a whole fleet is read in pages, and shares what is the same on its hosts', async () => {
  const { store, hostIds } = await openWithHosts(45)
  const silent = hostIds[30]
  for (const hostId of hostIds) {
    const own = dpkg('own', String(hostId))
    await store.packages.apply(hostId, whole(1, BASH, own))
    if (hostId !== silent) await store.hosts.recordInventory(hostId, 'h', inventory)
  }
  const found = await all(store.packages.each())
  // Nobody knows which system the one that has told no inventory is of.
  expect(found.map(({ hostId }) => hostId)).toEqual(hostIds.filter((id) => id !== silent))
  expect(found.map(({ packages }) => packages[1]?.version)).toEqual(
    found.map(({ hostId }) => String(hostId)),
  )
  expect(found[0]?.os).toEqual(inventory.os)
  expect(new Set(found.map(({ packages }) => packages[0])).size).toBe(1)
})
