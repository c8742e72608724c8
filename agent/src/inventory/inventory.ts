// Owns what this machine is: read at start and daily, sent only when its hash differs from the hub's.
import { createHash } from 'node:crypto'
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { basicInventory } from './basic-inventory.ts'

export { readBootId } from './boot-id.ts'

/** Reads the inventory. Takes seconds, in a process of its own, and falls back to what Node knows. */
export async function readInventory(agentVersion: string): Promise<Inventory> {
  return Promise.resolve(basicInventory(agentVersion))
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
