// Owns the list of a Linux machine's disks, from /sys/block.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { DEFAULT_EXCLUDES, matcher } from '../collect/exclude.ts'

// The kernel counts sectors of 512 bytes, whatever the disk's own are.
const SECTOR_BYTES = 512

/** Disks that have a size, by name; what the tick leaves out is left out here too. */
export function readLinuxDisks(root = '/'): Inventory['disks'] {
  const base = `${root}sys/block`
  if (!existsSync(base)) return []
  const isExcluded = matcher(DEFAULT_EXCLUDES.disks)
  return readdirSync(base)
    .filter((name) => !isExcluded(name))
    .sort()
    .map((name) => {
      const model = read(`${base}/${name}/device/model`)
      const sectors = Number(read(`${base}/${name}/size`) ?? 0)
      return { name, ...(model && { model }), sizeBytes: sectors * SECTOR_BYTES }
    })
    .filter(({ sizeBytes }) => sizeBytes > 0)
}

// Virtual disks have no model, and a disk may be pulled out meanwhile.
function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}
