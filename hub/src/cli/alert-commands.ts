// Owns how the commands that tell of alerts are called: incidents, rule, mail.
import type { Command } from 'commander'
import { HUB_OPTION } from './hub-option.ts'
import type { MailTestOptions } from './mail.ts'
import { printJson, printLine } from './print.ts'
import type { ReplayOptions } from './replay.ts'
import { TIMES_HELP } from './times.ts'

const LANG_OPTION = [
  '--lang <en|fr>',
  'the language (that of the environment when left out)',
] as const

interface Told {
  readonly json?: true
  readonly lang?: string
  readonly hub?: string
}

export function addAlertCommands(program: Command): void {
  program
    .command('incidents')
    .description('what is wrong now, the most severe first: since when, and who has it')
    .option('--all', 'what was wrong in the last ten days too, the newest first')
    .option('--json', 'print an array of incidents, as the API has them')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .action(async ({ all, json, lang, hub }: Told & { all?: true }) => {
      const { incidentLines, readIncidents } = await import('./incidents.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const isAll = all === true
      const incidents = await readIncidents(hub, isAll)
      if (json) printJson(incidents)
      else for (const line of incidentLines(incidents, { locale, isAll })) printLine(line)
    })

  addRule(program)
  addMail(program)
}

function addRule(program: Command): void {
  const rule = program.command('rule').description('what is watched, and when it is a crisis')

  rule
    .command('list')
    .description('every rule in a sentence')
    .option('--json', 'print an array of rules, as the API has them')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .action(async ({ json, lang, hub }: Told) => {
      const { readRules, ruleLines } = await import('./rules.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const read = await readRules(hub)
      if (json) printJson(read.rules)
      else for (const line of ruleLines(read, locale)) printLine(line)
    })

  rule
    .command('replay')
    .description('when a rule would have fired on what is stored, and how many mails it had sent')
    .argument('<rule>', 'its number, its key or its name')
    .option('--last <span>', 'how far back from now, or from --to (10d when left out)')
    .option('--from <time>', 'the beginning')
    .option('--to <time>', 'the end, exclusive (now when left out)')
    .option('--json', 'print {"episodes","mails","isExact"}')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `${TIMES_HELP}

Examples:
  vigie rule replay host-down --last 10d
  vigie rule replay "Memory short" --from "yesterday 00:00" --to "today 00:00" --json`,
    )
    .action(async (written: string, { json, lang, ...options }: Told & ReplayOptions) => {
      const { replay, replayLines } = await import('./replay.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const replayed = await replay(written, options)
      if (json) {
        const { episodes, mails, isExact } = replayed.result
        printJson({ episodes, mails, isExact })
      } else for (const line of replayLines(replayed, locale)) printLine(line)
    })
}

function addMail(program: Command): void {
  program
    .command('mail')
    .description('the mails of the hub')
    .command('test')
    .description('send one mail of each kind through the outbox, and say what the relay answers')
    .argument('<to>', 'an e-mail address')
    .option('--wait <span>', 'how long to wait for the relay', '60s')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      '\nThe hub sends them: it has to run. Exit status 1: not all of them were delivered.',
    )
    .action(async (to: string, { lang, ...options }: Told & MailTestOptions) => {
      const { testedLine, testMail } = await import('./mail.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const areAllDelivered = await testMail(to, options, (mail) => {
        printLine(testedLine(mail, locale))
      })
      if (!areAllDelivered) process.exitCode = 1
    })
}
