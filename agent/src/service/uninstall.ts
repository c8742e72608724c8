// Owns `vigie-agent uninstall`: the machine as it was before.
import { removePath } from './definition-file.ts'
import { requireAdministrator } from './install.ts'
import { at, say, thisMachine, type Machine } from './machine.ts'
import { serviceManagerOf } from './service-manager.ts'

export interface UninstallOptions {
  /** The identity, what waits for the hub, and the settings stay. */
  readonly keepData?: boolean
  readonly machine?: Machine
}

/** What a package put there is the package's to remove. Idempotent. */
export async function uninstall({
  keepData,
  machine = thisMachine,
}: UninstallOptions): Promise<void> {
  requireAdministrator(machine, 'uninstall')
  const manager = serviceManagerOf(machine)
  const data = manager.dataDirectory
  await manager.remove()
  if (!keepData) {
    removePath(at(machine, data))
    removePath(at(machine, manager.settingsFile))
  }
  if (manager.removeProgram) manager.removeProgram()
  else removePath(at(machine, manager.executable))
  say(
    keepData
      ? `the service is gone; its data stay in ${data}`
      : 'the service is gone, with all that it kept',
  )
}
