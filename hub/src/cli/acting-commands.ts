// Owns how the commands that act on alerts are called: ack, silence, tag.
import type { Command } from 'commander'
import { gathered } from './gathered.ts'
import { HUB_OPTION } from './hub-option.ts'
import type { AcknowledgeOptions } from './incidents.ts'
import { momentOf } from './moment.ts'
import { printLine } from './print.ts'
import type { SilenceOptions } from './silence.ts'

const HERE = `
Without --hub the hub that runs on this machine is asked, in the name of who is logged in here.`

export function addActingCommands(program: Command): void {
  program
    .command('ack')
    .description('take incidents that nobody has: no reminder goes out any more')
    .argument('<id...>', 'their numbers, as `vigie incidents` lists them')
    .option('--note <words>', 'what you know of it')
    .option('--lang <en|fr>', 'the language (that of the environment when left out)')
    .option(...HUB_OPTION)
    .addHelpText('after', HERE)
    .action(async (ids: string[], { lang, ...options }: AcknowledgeOptions & { lang?: string }) => {
      const { acknowledge, incidentLines } = await import('./incidents.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const taken = await acknowledge(ids, options)
      for (const line of incidentLines(taken, { locale, isAll: false })) printLine(line)
    })

  program
    .command('silence')
    .description('mail nobody of some machines for a while; what is still wrong then is mailed')
    .argument('[host...]', 'their names or ids')
    .option('--tag <tag>', 'all that have it; repeat it for more', gathered)
    .option('--all', 'every machine')
    .requiredOption('--for <span>', 'how long, such as 30min, 2h, 3d')
    .option('--rule <rule>', 'only of this rule; repeat it for more', gathered)
    .option('--comment <words>', 'why')
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `${HERE}

Examples:
  vigie silence web-1 --for 2h --comment "new disk"
  vigie silence --tag site=paris --for 1d --rule host-down`,
    )
    .action(async (hosts: string[], options: SilenceOptions) => {
      const { silence } = await import('./silence.ts')
      const { id, endsMs } = await silence(hosts, options)
      printLine(`silence ${id}, until ${momentOf(endsMs, 'en')}`)
    })

  program
    .command('tag')
    .description('replace the tags of a host, by which rules and silences mean it')
    .argument('<host>', 'its name or its id')
    .argument('[tag...]', 'such as web or site=paris; none takes them all away')
    .option(...HUB_OPTION)
    .addHelpText('after', HERE)
    .action(async (written: string, tags: string[], { hub }: { hub?: string }) => {
      const { tagHost } = await import('./silence.ts')
      const host = await tagHost(written, tags, hub)
      printLine(`${host.name}: ${host.tags.join(' ') || 'no tags'}`)
    })
}
