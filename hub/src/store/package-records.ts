// Owns what is kept of the packages that are installed on hosts.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { MAX_PACKAGES, MAX_PACKAGES_LENGTH } from '@vigie/shared/protocol/limits'
import { linesOf, packageLine, packagesText } from '@vigie/shared/protocol/package-line'
import type {
  IncompletePackages,
  InstalledSoftware,
  Package,
} from '@vigie/shared/protocol/packages'
import type { HostSoftware } from '../cert/ports.ts'
import type { ToldHost } from '../cert/uncompared-hosts.ts'
import type { PackageChange } from '../ingest/ports.ts'
import { compressText, decompressText, hashOfText, PackageReader } from './package-text.ts'
import type { Database } from './schema.ts'

// Some megabytes of text at a time.
const HOSTS_PER_PAGE = 20

interface NamedText {
  readonly hash: string
  readonly readMs: number
  readonly text: string
  readonly incomplete?: IncompletePackages
}

export interface ToldList extends ToldHost {
  readonly readMs: number | null
}

export function createPackageRecords(db: Database) {
  async function textOf(hostId: number): Promise<NamedText | undefined> {
    const row = await db
      .selectFrom('package_list')
      .selectAll()
      .where('host_id', '=', hostId)
      .executeTakeFirst()
    if (!row) return undefined
    const text = await decompressText(row.payload)
    if (text === undefined) return undefined
    return { hash: row.hash, readMs: row.read_ms, text, ...incompleteOf(row.incomplete_json) }
  }

  async function write(hostId: number, list: NamedText): Promise<void> {
    const { hash, readMs, text, incomplete } = list
    const packages = linesOf(text).length
    const payload = await compressText(text)
    const incompleteJson = incomplete ? JSON.stringify(incomplete) : null
    const said = { hash, read_ms: readMs, packages, payload, incomplete_json: incompleteJson }
    await db
      .insertInto('package_list')
      .columns(['host_id', 'hash', 'read_ms', 'packages', 'payload', 'incomplete_json'])
      // Nothing where the host is gone meanwhile.
      .expression((host) =>
        host
          .selectFrom('host')
          .select((row) => [
            'id',
            row.val(hash).as('hash'),
            row.val(readMs).as('read_ms'),
            row.val(packages).as('packages'),
            row.val(payload).as('payload'),
            row.val(incompleteJson).as('incomplete_json'),
          ])
          .where('id', '=', hostId),
      )
      .onConflict((conflict) => conflict.column('host_id').doUpdateSet(said))
      .execute()
  }

  return {
    /** Keeps a list instead of the one that is kept; nothing for a host that does not exist. */
    async put(
      hostId: number,
      hash: string,
      readMs: number,
      packages: readonly Package[],
    ): Promise<void> {
      await write(hostId, { hash, readMs, text: packagesText(packages.map(packageLine)) })
    },

    /**
     * Keeps what an agent told; false when it is a change of another list, or what comes of it has not its hash or is more
     * than a host may have.
     */
    async apply(hostId: number, change: PackageChange): Promise<boolean> {
      const { base, hash, readMs, put, removed, incomplete } = change
      const kept = base === null ? undefined : await textOf(hostId)
      if (base !== null && kept?.hash !== base) return false
      const gone = new Set(removed)
      const stays = linesOf(kept?.text ?? '').filter((line) => !gone.has(line))
      const lines = [...stays, ...put]
      const text = packagesText(lines)
      if (lines.length > MAX_PACKAGES || text.length > MAX_PACKAGES_LENGTH + MAX_PACKAGES)
        return false
      if (hashOfText(text, incomplete) !== hash) return false
      await write(hostId, { hash, readMs, text, ...(incomplete && { incomplete }) })
      return true
    },

    async hashOf(hostId: number): Promise<string | null> {
      const row = await db
        .selectFrom('package_list')
        .select('hash')
        .where('host_id', '=', hostId)
        .executeTakeFirst()
      return row?.hash ?? null
    },

    /** Of every host that has told its packages: which list, how many packages, when they were read. */
    async list(): Promise<{ hostId: number; hash: string; packages: number; readMs: number }[]> {
      const rows = await db
        .selectFrom('package_list')
        .select(['host_id', 'hash', 'packages', 'read_ms'])
        .orderBy('host_id')
        .execute()
      return rows.map(({ host_id: hostId, hash, packages, read_ms: readMs }) => {
        return { hostId, hash, packages, readMs }
      })
    },

    /** What every host has told, by id, but for retired ones: how many packages (null: no list), when read, what is missing. */
    async told(): Promise<ToldList[]> {
      const rows = await db
        .selectFrom('host')
        .leftJoin('package_list', 'package_list.host_id', 'host.id')
        .select(['id', 'name', 'packages', 'read_ms', 'incomplete_json'])
        .where('retired_ms', 'is', null)
        .where('going_ms', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map(({ id, name, packages, read_ms: readMs, incomplete_json: json }) => {
        return { hostId: id, hostName: name, packages, readMs, ...incompleteOf(json) }
      })
    },

    /** Undefined for a host that has told none. */
    async of(hostId: number): Promise<InstalledSoftware | undefined> {
      const kept = await textOf(hostId)
      if (!kept) return undefined
      const { text, readMs, incomplete } = kept
      const packages = new PackageReader().packagesOf(text)
      return { packages, readMs, ...(incomplete && { incomplete }) }
    },

    /**
     * Every host that has told its packages and what it is, by id, but for retired ones. What is the same package on
     * several hosts is one object, which is not to be changed.
     */
    async *each(): AsyncGenerator<HostSoftware> {
      const reader = new PackageReader()
      for (let afterId = 0; ;) {
        const rows = await db
          .selectFrom('package_list')
          .innerJoin('host', 'host.id', 'package_list.host_id')
          .select(['host_id', 'inventory_json', 'payload'])
          .where('host_id', '>', afterId)
          .where('retired_ms', 'is', null)
          .where('going_ms', 'is', null)
          .orderBy('host_id')
          .limit(HOSTS_PER_PAGE)
          .execute()
        for (const { host_id: hostId, inventory_json: json, payload } of rows) {
          afterId = hostId
          const text = await decompressText(payload)
          if (json === null || text === undefined) continue
          // One that lacks a part is compared by the rest, and keeps no other from being compared.
          const { os, cpu } = JSON.parse(json) as Pick<Inventory, 'os'> & Partial<Inventory>
          const processor = cpu?.model
          const packages = reader.packagesOf(text)
          yield { hostId, os, packages, ...(processor !== undefined && { processor }) }
        }
        if (rows.length < HOSTS_PER_PAGE) return
      }
    },
  }
}

function incompleteOf(json: string | null): Pick<ToldList, 'incomplete'> {
  return json === null ? {} : { incomplete: JSON.parse(json) as IncompletePackages }
}

export type PackageRecords = ReturnType<typeof createPackageRecords>
