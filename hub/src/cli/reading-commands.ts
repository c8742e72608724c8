// Owns how the commands that read are called: hosts, show, graph, watch.
import type { Command } from 'commander'
import type { GraphOptions } from './graph.ts'
import { gathered } from './gathered.ts'
import { HUB_OPTION } from './hub-option.ts'
import { printJson, printLine } from './print.ts'
import { TIMES_HELP } from './times.ts'
import type { WatchCommandOptions } from './watch.ts'

export function addReadingCommands(program: Command): void {
  program
    .command('hosts')
    .description('list the fleet: name, status, last seen, CPU, memory, fullest filesystem')
    .option('--json', 'print an array of hosts, as the API has them')
    .option(...HUB_OPTION)
    .action(async ({ json, hub }: { json?: true; hub?: string }) => {
      const { hostsTable } = await import('./hosts.ts')
      const { withSource } = await import('./source.ts')
      const list = await withSource(hub, (source) => source.hosts())
      if (json) printJson(list)
      else for (const line of hostsTable(list, Date.now())) printLine(line)
    })

  program
    .command('show')
    .description('the last known state of one host: status, facts, and the values of its last tick')
    .argument('<host>', 'its name or its id')
    .option('--json', 'print one object: as hosts --json, and values, inventory')
    .option('--lang <en|fr>', 'the language (that of the environment when left out)')
    .option(...HUB_OPTION)
    .action(
      async (
        written: string,
        { json, lang, hub }: { json?: true; lang?: string; hub?: string },
      ) => {
        const { hostLines } = await import('./show.ts')
        const { languageOf } = await import('./language.ts')
        const { namedHost } = await import('./named-host.ts')
        const { withSource } = await import('./source.ts')
        const locale = languageOf(lang)
        const host = await withSource(hub, async (source) =>
          source.detail(namedHost(await source.hosts(), written).id),
        )
        if (json) printJson(host)
        else for (const line of hostLines(host, locale, Date.now())) printLine(line)
      },
    )

  program
    .command('graph')
    .description('draw the history of a host as a colour SVG, for a report')
    .argument('[host]', 'its name or its id; on a terminal a list to choose from when left out')
    .option(
      '--metric <metric>',
      'a metric, or one series of it; repeat it for more (CPU, memory, fullest filesystem and network when left out)',
      gathered,
    ) // prettier-ignore
    .option('--last <span>', 'how far back from now, or from --to (1h when left out)')
    .option('--from <time>', 'the beginning')
    .option('--to <time>', 'the end (now when left out)')
    .option(
      '--out <file>',
      'where to write; - is standard output, as is leaving it out where that is no terminal',
    )
    .option('--theme <light|dark>', 'the colours', 'light')
    .option('--transparent', 'no background')
    .option('--lang <en|fr>', 'the language (that of the environment when left out)')
    .option('--width <px>', 'how wide (960 when left out)')
    .option('--height <px>', 'how high (as the charts need when left out)')
    .option('--points <n>', 'at most so many points a line (one a pixel when left out)')
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `${TIMES_HELP}

Times in the picture are of the zone TZ, or of this machine.

Examples:
  vigie graph web-1 --last 24h --out web-1.svg
  vigie graph web-1 --from "yesterday 22:00" --to "06:00" --metric system.cpu.load_average.1m --metric system.disk.io
  TZ=UTC vigie graph db-1 --last 10d --theme dark > db-1.svg`,
    )
    .action(async (written: string | undefined, options: GraphOptions) => {
      const { graph } = await import('./graph.ts')
      const path = await graph(written, options)
      if (path !== undefined) process.stderr.write(`wrote ${path}\n`)
    })

  program
    .command('watch')
    .description('live in the terminal: the fleet, worst first, or one host; q ends it')
    .argument('[host]', 'its name or its id; the whole fleet when left out')
    .option('--lang <en|fr>', 'the language (that of the environment when left out)')
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `
Where standard output is no terminal it writes a line a second. NO_COLOR leaves out the colours.

Examples:
  vigie watch
  vigie watch web-1 --hub https://vigie.example.org`,
    )
    .action(async (written: string | undefined, options: WatchCommandOptions) => {
      const { watch } = await import('./watch.ts')
      await watch(written, options)
    })
}
