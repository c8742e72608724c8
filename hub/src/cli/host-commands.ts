// Owns how the commands that change hosts are called: vigie host rename, revoke, retire, merge, delete, approve.
import type { Command } from 'commander'
import { HUB_OPTION } from './hub-option.ts'
import { momentOf } from './moment.ts'
import { printJson, printLine } from './print.ts'
import { tableLines } from './table.ts'

interface Asked {
  readonly hub?: string
}

const HEADINGS = ['NUMBER', 'HOSTNAME', 'ADDRESS', 'SINCE', 'KEY']

const load = () => import('./host-changes.ts')

export function addHostCommands(program: Command): void {
  const host = program
    .command('host')
    .description('rename, revoke, retire, merge or delete hosts; approve machines that wait')
  addChanges(host)
  addDepartures(host)
  addWaiting(host)
}

function addChanges(host: Command): void {
  host
    .command('rename')
    .description('give a host another name')
    .argument('<host>', 'its name or its id')
    .argument('<name>', 'the new one, which no other host has')
    .option(...HUB_OPTION)
    .action(async (written: string, name: string, { hub }: Asked) => {
      printLine(`${written} is ${(await (await load()).rename(written, name, hub)).name} now`)
    })

  host
    .command('revoke')
    .description(
      'refuse the key of its agent from now on; `vigie enrol --host` brings another agent',
    )
    .argument('<host>', 'its name or its id')
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Asked) => {
      const { name } = await (await load()).revoke(written, hub)
      printLine(`the agent of ${name} is refused; another one: vigie enrol --host ${name}`)
    })

  host
    .command('retire')
    .description('take it out of the fleet: nobody is mailed of it, its history stays')
    .argument('<host>', 'its name or its id')
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Asked) => {
      const { name } = await (await load()).retire(written, hub)
      printLine(`${name} is retired; back again: vigie host bring-back ${name}`)
    })

  host
    .command('bring-back')
    .description('bring a retired host back into the fleet')
    .argument('<host>', 'its name or its id')
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Asked) => {
      printLine(`${(await (await load()).bringBack(written, hub)).name} is back`)
    })
}

function addDepartures(host: Command): void {
  host
    .command('merge')
    .description('give the history of one host to another, as after a machine was installed anew')
    .argument('<from>', 'the old one, which is no host any more then')
    .argument('<into>', 'the one that stays, with its agent')
    .option('--keep-name', 'the one that stays takes the name of the old one')
    .option(...HUB_OPTION)
    .action(async (from: string, into: string, options: Asked & { keepName?: true }) => {
      const isNameKept = options.keepName === true
      const { name } = await (await load()).merge({ from, into, isNameKept }, options.hub)
      printLine(`the history of ${from} comes to ${name}`)
    })

  host
    .command('delete')
    .description('delete it and everything that is kept of it; it cannot be undone')
    .argument('<host>', 'its name or its id')
    .requiredOption('--confirm <name>', 'its name, again')
    .option(...HUB_OPTION)
    .action(async (written: string, { confirm, hub }: Asked & { confirm: string }) => {
      await (await load()).deleteHost(written, confirm, hub)
      printLine(`${confirm} is deleted`)
    })
}

function addWaiting(host: Command): void {
  host
    .command('waiting')
    .description('the machines that came with a good token and wait to be approved')
    .option('--json', 'print them as JSON')
    .option(...HUB_OPTION)
    .action(async ({ json, hub }: Asked & { json?: true }) => {
      const machines = await (await load()).waitingMachines(hub)
      if (json) {
        printJson(machines)
        return
      }
      const rows = machines.map((machine) => [
        String(machine.id),
        machine.hostname,
        machine.address,
        momentOf(machine.askedMs, 'en'),
        machine.keyFingerprint,
      ])
      if (rows.length === 0) printLine('No machine waits.')
      else for (const line of tableLines([HEADINGS, ...rows])) printLine(line)
    })

  host
    .command('approve')
    .description('make a machine that waits a host')
    .argument('<machine>', 'its hostname or its number')
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Asked) => {
      printLine(`${written} is host ${await (await load()).approve(written, hub)} now`)
    })

  host
    .command('refuse')
    .description('refuse a machine that waits, for good')
    .argument('<machine>', 'its hostname or its number')
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Asked) => {
      await (await load()).refuse(written, hub)
      printLine(`${written} is refused`)
    })
}
