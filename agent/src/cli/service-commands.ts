// Owns the commands of the agent as a service: install, uninstall, status, doctor. Each is loaded when it is called.
import type { Command } from 'commander'

interface Installing {
  readonly name?: string
  readonly force?: boolean
}

export function addServiceCommands(program: Command): void {
  program
    .command('install [url] [token]')
    .description(
      'join, and run as a service that starts with this machine; again: upgrade in place',
    )
    .option('--name <name>', "what to call this machine (default: the token's, else its host name)")
    .option('--force', 'replace the identity that this machine has')
    .action(async (url: string | undefined, token: string | undefined, options: Installing) => {
      const { install } = await import('../service/install.ts')
      const joining = { ...(url !== undefined && { url }), ...(token !== undefined && { token }) }
      await install({ ...joining, ...options, environment: process.env })
    })
  program
    .command('uninstall')
    .description('remove the service and all that it kept')
    .option('--keep-data', 'leave the identity, what waits for the hub, and the settings')
    .action(async (options: { keepData?: boolean }) => {
      const { uninstall } = await import('../service/uninstall.ts')
      await uninstall(options)
    })
  program
    .command('status')
    .description(
      'whether it runs, and how it stands with its hub; exit status 0, or 3 when it does not run',
    )
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const { status } = await import('../service/status.ts')
      await status({ environment: process.env, ...(json !== undefined && { isJson: json }) })
    })
  program
    .command('doctor')
    .description(
      'what cannot be read here, and the grant that would let it; the clock, the hub, the disk',
    )
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const { doctor } = await import('../service/doctor.ts')
      await doctor({ environment: process.env, ...(json !== undefined && { isJson: json }) })
    })
  // What packages and tests are made of; no command for people.
  program
    .command('print-unit <executable> <systemd-version>', { hidden: true })
    .action(async (executable: string, version: string) => {
      const { systemdUnit } = await import('../service/systemd-unit.ts')
      process.stdout.write(systemdUnit({ executable, version: Number(version) }))
    })
}
