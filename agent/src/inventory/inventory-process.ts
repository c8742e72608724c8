// The process that reads the inventory and ends: what it loads would stay in the agent's memory for good.
import { machineInventory } from './machine-inventory.ts'
import { probeMachine } from './systeminformation-probe.ts'

export async function printInventory(agentVersion = 'unknown'): Promise<void> {
  process.stdout.write(JSON.stringify(machineInventory(await probeMachine(), agentVersion)))
}
