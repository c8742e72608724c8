// Owns how the commands about status pages are called.
import type { Command } from 'commander'
import { gathered } from './gathered.ts'
import { HUB_OPTION } from './hub-option.ts'
import { printJson, printLine } from './print.ts'
import type { StatusPageOptions } from './status-page.ts'

interface Asking {
  readonly hub?: string
  readonly json?: true
}

const PAGE = ['<page>', 'its title or the end of its address'] as const

export function addStatusPageCommands(program: Command): void {
  const page = program
    .command('status-page')
    .description('pages that tell how servers are, for whoever has their address')

  page
    .command('create')
    .description('make one; it is off until it is switched on')
    .requiredOption('--title <title>', 'what stands at its top')
    .option('--text <words>', 'a line under the title')
    .option('--slug <slug>', 'the end of its address (one that nobody guesses when left out)')
    .option('--tag <tag>', 'only hosts with it; repeat it for more', gathered)
    .option('--names', 'call hosts by their names, not "Server 1"')
    .option('--for <span>', 'for how long, such as 30d')
    .option('--on', 'switch it on at once')
    .option('--json', 'print it as the API has it')
    .option(...HUB_OPTION)
    .action(async ({ json, ...options }: StatusPageOptions & Asking) => {
      const { createStatusPage } = await import('./status-page.ts')
      const made = await createStatusPage(options)
      if (json) printJson(made)
      else printLine(`${made.url} (${made.isOn ? 'on' : 'off'})`)
    })

  page
    .command('list')
    .description('which there are')
    .option('--json', 'print them as the API has them')
    .option(...HUB_OPTION)
    .action(async ({ hub, json }: Asking) => {
      const { listStatusPages, statusPageLines } = await import('./status-page.ts')
      const pages = await listStatusPages(hub)
      if (json) printJson(pages)
      else for (const line of statusPageLines(pages)) printLine(line)
    })

  for (const state of ['on', 'off'] as const) {
    page
      .command(state)
      .description(state === 'on' ? 'let it be read' : 'as though it were not there')
      .argument(...PAGE)
      .option(...HUB_OPTION)
      .action(async (written: string, { hub }: Asking) => {
        const { turnStatusPage } = await import('./status-page.ts')
        const { url } = await turnStatusPage(written, state === 'on', hub)
        printLine(`${url} is ${state}`)
      })
  }

  page
    .command('delete')
    .description('delete one; its address leads nowhere from then on')
    .argument(...PAGE)
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Asking) => {
      const { deleteStatusPage } = await import('./status-page.ts')
      const { title } = await deleteStatusPage(written, hub)
      printLine(`${title} is deleted`)
    })
}
