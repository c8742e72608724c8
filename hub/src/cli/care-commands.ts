// Owns how the commands that look after a hub are called: doctor, backup, restore.
import type { Command } from 'commander'
import { printLine } from './print.ts'

export function addCareCommands(program: Command): void {
  program
    .command('doctor')
    .description('look whether all is well with the hub on this machine: files, disk, database')
    .addHelpText(
      'after',
      '\nWorks beside a hub that runs, and changes nothing. Exit status 1: something is wrong.',
    )
    .action(async () => {
      const { doctor, findingLine } = await import('./doctor.ts')
      for await (const finding of doctor()) {
        printLine(findingLine(finding))
        if (!finding.isWell) process.exitCode = 1
      }
    })

  program
    .command('backup')
    .description('write all of the hub on this machine to one file, its keys too, while it runs')
    .argument('<file>', 'where to; it is secret, since it holds the keys')
    .option('--force', 'replace the file')
    .addHelpText('after', '\nExample:\n  vigie backup /mnt/backup/vigie-$(date +%F).db')
    .action(async (file: string, { force = false }: { force?: boolean }) => {
      const { backUp, megabytes } = await import('./backup.ts')
      const sizeBytes = await backUp(file, { isForced: force })
      printLine(`${file}: ${megabytes(sizeBytes)}`)
    })

  program
    .command('restore')
    .description('make a data directory of a backup; no hub may run on it')
    .argument('<file>', 'what backup wrote')
    .option('--force', 'move a hub that stands there aside, into a directory of its own')
    .addHelpText(
      'after',
      '\nExample:\n  VIGIE_DATA=/var/lib/vigie vigie restore vigie-2026-11-23.db',
    )
    .action(async (file: string, { force = false }: { force?: boolean }) => {
      const { restore } = await import('./restore.ts')
      const { dataDirectory, movedTo } = await restore(file, { isForced: force })
      printLine(`${dataDirectory} has the hub of ${file}: start it with "vigie hub"`)
      if (movedTo !== undefined) printLine(`What stood there is in ${movedTo}`)
    })
}
