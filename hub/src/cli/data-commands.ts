// Owns how the commands that carry history out and in are called: export, import.
import type { Command } from 'commander'
import type { ExportOptions } from './export.ts'
import { gathered } from './gathered.ts'
import { HUB_OPTION } from './hub-option.ts'
import { TIMES_HELP } from './times.ts'

export function addDataCommands(program: Command): void {
  program
    .command('export')
    .description('write every tick of a host: all its seconds, or some of its metrics')
    .argument('<host>', 'its name or its id')
    .option('--from <time>', 'the beginning')
    .option('--to <time>', 'the end, exclusive (now when left out)')
    .option('--last <span>', 'how far back from now, or from --to, instead of --from')
    .option('--metric <metric>', 'a metric, or one series of it; repeat it for more', gathered)
    .option(
      '--format <csv|json|ndjson>',
      'a table; one object; one object a line, which import reads',
      'ndjson',
    ) // prettier-ignore
    .option(
      '--out <file>',
      'where to write, gzip where it ends in .gz (standard output when left out)',
    ) // prettier-ignore
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `${TIMES_HELP}

Values are in the units of the catalogue, exact to the step that is kept; what was not measured is left out.

Examples:
  vigie export web-1 --last 10d --out web-1.ndjson.gz
  vigie export web-1 --from "yesterday 08:00" --to "yesterday 09:00" --metric system.cpu.utilization --format csv
  vigie export web-1 --last 1h | jq .v | head`,
    )
    .action(async (written: string, options: ExportOptions) => {
      const { exportTicks } = await import('./export.ts')
      await exportTicks(written, options)
    })

  program
    .command('import')
    .description(
      'take in what `export --format ndjson` wrote, for a host that exists; all of it or nothing',
    )
    .argument('<host>', 'its name or its id')
    .argument('<file>', 'plain or gzip, or - for standard input')
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `
Works on the machine of the hub, whether it runs or not. Times must ascend. What is already there stays as it is, so a
second import changes nothing. Ticks older than what the hub keeps are left out. A metric that the catalogue does not
know is kept to a thousandth.

Examples:
  vigie import web-1 web-1.ndjson.gz
  vigie-agent sample | vigie import web-1 -`,
    )
    .action(async (written: string, path: string, { hub }: { hub?: string }) => {
      const { importTicks } = await import('./import.ts')
      const { hostName, ticks, tooOld } = await importTicks(written, path, hub)
      const leftOut = tooOld > 0 ? `; ${tooOld} older than what is kept were left out` : ''
      process.stderr.write(
        `imported ${ticks} ${ticks === 1 ? 'tick' : 'ticks'} into ${hostName}${leftOut}\n`,
      )
    })
}
