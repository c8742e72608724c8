// Owns what this machine is: read at start and daily, sent only when its hash differs from the hub's.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { ownProcess } from '../own-process.ts'
import { basicInventory } from './basic-inventory.ts'

export { readBootId } from './boot-id.ts'

const DEADLINE_MS = 60_000
const LARGEST_BYTES = 1_048_576

/**
 * Reads the inventory in a process of its own, which takes seconds. When that fails, is aborted or does not end within a
 * minute, gives what Node itself knows.
 */
export function readInventory(agentVersion: string, signal?: AbortSignal): Promise<Inventory> {
  return new Promise((resolve) => {
    const options = {
      timeout: DEADLINE_MS,
      maxBuffer: LARGEST_BYTES,
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    } as const
    execFile(...ownProcess('read-inventory', agentVersion), options, (cause, stdout) => {
      resolve(cause ? basicInventory(agentVersion) : (JSON.parse(stdout) as Inventory))
    })
  })
}

/** Names an inventory by its content, whatever the order of its keys. */
export function inventoryHash(inventory: Inventory): string {
  return createHash('sha256').update(canonical(inventory)).digest('base64url')
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
