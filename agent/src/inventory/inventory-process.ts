// The process that reads the inventory and ends: what it loads would stay in the agent's memory for good.
import { machineInventory } from './machine-inventory.ts'
import { probeMachine } from './systeminformation-probe.ts'
import { readUpdateNumber } from './windows-update.ts'

export async function printInventory(agentVersion = 'unknown'): Promise<void> {
  const [probe, updateNumber] = await Promise.all([
    probeMachine(),
    process.platform === 'win32' ? readUpdateNumber('C:/') : undefined,
  ])
  process.stdout.write(JSON.stringify(machineInventory(probe, agentVersion, updateNumber)))
}
