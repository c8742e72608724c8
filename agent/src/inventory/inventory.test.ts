import os from 'node:os'
import { Inventory } from '@vigie/shared/protocol/inventory'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { basicInventory } from './basic-inventory.ts'
import { inventoryHash, readBootId, readInventory } from './inventory.ts'

describe('inventory', () => {
  it('of this machine fits the contract', { timeout: 90_000 }, async () => {
    const inventory = await readInventory('1.2.3')
    expect([...Value.Errors(Inventory, inventory)]).toEqual([])
    expect(inventory).toMatchObject({
      hostname: os.hostname(),
      memoryBytes: os.totalmem(),
      agentVersion: '1.2.3',
    })
    expect(inventory.filesystems.map(({ mountpoint }) => mountpoint)).toContain('/')
  })

  it('falls back to what Node knows', () => {
    expect([...Value.Errors(Inventory, basicInventory('1.2.3'))]).toEqual([])
  })

  it('has a hash that follows the content and not the order of the keys', () => {
    const inventory = basicInventory('1.2.3')
    const turned = Object.fromEntries(Object.entries(inventory).reverse()) as Inventory
    expect(inventoryHash(turned)).toBe(inventoryHash(inventory))
    expect(inventoryHash({ ...inventory, agentVersion: '1.2.4' })).not.toBe(
      inventoryHash(inventory),
    )
    expect(inventoryHash(inventory)).toHaveLength(43)
  })
})

it('the boot id stays what it is', async () => {
  expect(await readBootId()).toBe(await readBootId())
  expect(await readBootId()).not.toBe('')
})
