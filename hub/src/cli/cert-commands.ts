// Owns how the commands about security advisories are called: cert check, list, show, match.
import type { Command } from 'commander'
import type { ListOptions } from './cert.ts'
import { HUB_OPTION } from './hub-option.ts'
import { printJson, printLine } from './print.ts'

const LANG_OPTION = [
  '--lang <en|fr>',
  'the language (that of the environment when left out)',
] as const

interface Told {
  readonly json?: true
  readonly lang?: string
  readonly hub?: string
}

export function addCertCommands(program: Command): void {
  const cert = program
    .command('cert')
    .description('security advisories, and which machines they concern')

  cert
    .command('check')
    .description('read every source now, and say what is new')
    .option('--json', 'print an array of runs, as the API has them')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .addHelpText(
      'after',
      `
The hub that runs reads them; where none does, they are read here, and the hub mails what is new once it runs.
Exit status 1: not all of them could be read.`,
    )
    .action(async ({ json, lang, hub }: Told) => {
      const { checkNow, runLines } = await import('./cert-check.ts')
      const { CERT_WORDS } = await import('./cert-words.ts')
      const { languageOf } = await import('./language.ts')
      const { progressBar } = await import('./progress.ts')
      const locale = languageOf(lang)
      const progress = progressBar(CERT_WORDS[locale].reading)
      const onProgress = (done: number, all: number): void => {
        progress.update(done / Math.max(1, all), `${done}/${all}`)
      }
      const asked = { onProgress, ...(hub !== undefined && { hub }) }
      const runs = await checkNow(asked).finally(() => progress.stop())
      if (json) printJson(runs)
      else for (const run of runs) for (const line of runLines(run, locale)) printLine(line)
      if (runs.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1
    })

  cert
    .command('list')
    .description('advisories that are open, the newest first')
    .option('--all', 'those that are closed too')
    .option('--concerns', 'only those that concern a host, or may')
    .option('--json', 'print an array of advisories, as the API has them')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .action(async ({ json, lang, ...options }: Told & ListOptions) => {
      const cert = await import('./cert.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const advisories = await cert.readAdvisories(options)
      if (json) printJson(advisories)
      else {
        const concerns = options.concerns === true
        const uncompared = await cert.readUncompared(options.hub)
        for (const line of [
          ...cert.advisoryLines(advisories, { locale, concerns }),
          ...cert.uncomparedLines(uncompared, locale),
        ])
          printLine(line)
      }
    })

  cert
    .command('show')
    .description('one advisory: what it says, which hosts it concerns, and why')
    .argument('<reference>', 'such as CERTFR-2026-ALE-011')
    .option('--json', 'print one object, as the API has it')
    .option(...LANG_OPTION)
    .option(...HUB_OPTION)
    .action(async (reference: string, { json, lang, hub }: Told) => {
      const { advisoryDetailLines, readAdvisory } = await import('./cert.ts')
      const { languageOf } = await import('./language.ts')
      const locale = languageOf(lang)
      const advisory = await readAdvisory(reference, hub)
      if (json) printJson(advisory)
      else for (const line of advisoryDetailLines(advisory, locale)) printLine(line)
    })

  addMatch(cert)
}

function addMatch(cert: Command): void {
  cert
    .command('match')
    .description('try documents of CERT-FR against what one machine has installed')
    .requiredOption('--advisories <file>', 'documents as CERT-FR publishes them, JSON, one a line')
    .requiredOption('--host <file>', 'JSON: {"os": …, "packages": […]}, as the API has them')
    .option('--json', 'print an array of {"reference","verdict","evidence"}')
    .option(...LANG_OPTION)
    .action(
      async ({ advisories, host, json, lang }: Told & { advisories: string; host: string }) => {
        const { matchFiles, matchLines } = await import('./cert-match.ts')
        const { languageOf } = await import('./language.ts')
        const locale = languageOf(lang)
        const matches = await matchFiles(advisories, host)
        if (json) printJson(matches)
        else for (const line of matchLines(matches, locale)) printLine(line)
      },
    )
}
