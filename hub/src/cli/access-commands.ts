// Owns how the commands about who may come in are called: user, token, audit.
import type { Command } from 'commander'
import { gathered } from './gathered.ts'
import { HUB_OPTION } from './hub-option.ts'
import { momentOf } from './moment.ts'
import { printJson, printLine } from './print.ts'
import type { AuditOptions } from './audit.ts'
import type { TokenOptions } from './token.ts'
import type { PersonOptions } from './users.ts'

const TAG = ['--tag <tag>', 'sees only hosts with it; repeat it for more', gathered] as const
const JSON_LIST = ['--json', 'print them as the API has them'] as const

interface Listing {
  readonly hub?: string
  readonly json?: true
}

export function addAccessCommands(program: Command): void {
  addUser(program.command('user').description('people with an account'))
  addToken(
    program.command('token').description('tokens by which scripts and Prometheus use the API'),
  )
  program
    .command('audit')
    .description('who changed what, when and from where, the newest first')
    .option('--who <name>', 'only of this person, token or id')
    .option('--action <action>', 'only this, such as user.change, or all of user')
    .option('--count <n>', 'how many at most', '50')
    .option(...JSON_LIST)
    .option(...HUB_OPTION)
    .action(async ({ json, ...options }: AuditOptions & Listing) => {
      const { auditLines, readAudit } = await import('./audit.ts')
      const entries = await readAudit(options)
      if (json) printJson(entries)
      else for (const line of auditLines(entries)) printLine(line)
    })
}

function addUser(user: Command): void {
  user
    .command('add')
    .description('invite somebody: the link is mailed, or printed where no mail is set')
    .argument('<email>', 'their address')
    .option('--role <role>', 'viewer (looks) or admin (changes things too)', 'viewer')
    .option(...TAG)
    .option(...HUB_OPTION)
    .action(async (email: string, options: PersonOptions) => {
      const { invite, linkLines } = await import('./users.ts')
      for (const line of linkLines(await invite(email, options), email)) printLine(line)
    })

  user
    .command('list')
    .description('who there is')
    .option(...JSON_LIST)
    .option(...HUB_OPTION)
    .action(async ({ hub, json }: Listing) => {
      const { listUsers } = await import('./users.ts')
      const { tableLines } = await import('./table.ts')
      const users = await listUsers(hub)
      if (json) {
        printJson(users)
        return
      }
      const rows = users.map((each) => [
        each.email,
        each.name,
        each.role,
        each.hostTags?.join(' ') ?? 'all',
        each.hasSecondFactor ? 'yes' : 'no',
        each.lastSeenMs === null ? '-' : momentOf(each.lastSeenMs, 'en'),
      ])
      const lines = tableLines([['E-MAIL', 'NAME', 'ROLE', 'HOSTS', '2ND FACTOR', 'SEEN'], ...rows])
      for (const line of lines) printLine(line)
    })

  user
    .command('role')
    .description('change what somebody may do; their sessions end')
    .argument('<email>', 'their address')
    .argument('<role>', 'viewer or admin')
    .option(...TAG)
    .option(...HUB_OPTION)
    .action(async (email: string, role: string, options: PersonOptions) => {
      const { changeUser } = await import('./users.ts')
      const changed = await changeUser(email, role, options)
      printLine(`${changed.email}: ${changed.role}, ${changed.hostTags?.join(' ') ?? 'every host'}`)
    })

  user
    .command('remove')
    .description('remove somebody, with all their sessions')
    .argument('<email>', 'their address')
    .option(...HUB_OPTION)
    .action(async (email: string, { hub }: Listing) => {
      const { removeUser } = await import('./users.ts')
      await removeUser(email, hub)
      printLine(`${email} is removed`)
    })

  user
    .command('reset')
    .description('a link by which somebody sets a new password')
    .argument('<email>', 'their address')
    .option('--second-factor', 'take away the second factor too')
    .option(...HUB_OPTION)
    .action(
      async (
        email: string,
        { hub, secondFactor = false }: Listing & { secondFactor?: boolean },
      ) => {
        const { linkLines, resetUser } = await import('./users.ts')
        const made = await resetUser(email, { hub, isFactorLost: secondFactor })
        for (const line of linkLines(made, email)) printLine(line)
      },
    )
}

function addToken(token: Command): void {
  token
    .command('create')
    .description('make one and print it once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--role <role>', 'viewer (looks) or admin (changes things too)', 'viewer')
    .option(...TAG)
    .option('--expires <span>', 'ends by itself after, such as 90d; a year at most')
    .option('--json', 'print {"id","token"}')
    .option(...HUB_OPTION)
    .action(async ({ json, ...options }: TokenOptions & Listing) => {
      const { createToken } = await import('./token.ts')
      const made = await createToken(options)
      if (json) printJson(made)
      else printLine(made.token)
    })

  token
    .command('list')
    .description('which there are')
    .option(...JSON_LIST)
    .option(...HUB_OPTION)
    .action(async ({ hub, json }: Listing) => {
      const { listTokens } = await import('./token.ts')
      const { tableLines } = await import('./table.ts')
      const tokens = await listTokens(hub)
      if (json) {
        printJson(tokens)
        return
      }
      const at = (timeMs: number | null): string => (timeMs === null ? '-' : momentOf(timeMs, 'en'))
      const rows = tokens.map(({ id, name, role, hostTags, lastUsedMs, expiresMs }) => [
        ...[id, name, role, hostTags?.join(' ') ?? 'all', at(lastUsedMs), at(expiresMs)],
      ])
      const lines = tableLines([['ID', 'NAME', 'ROLE', 'HOSTS', 'USED', 'EXPIRES'], ...rows])
      for (const line of lines) printLine(line)
    })

  token
    .command('revoke')
    .description('end one at once')
    .argument('<token>', 'its name or its id')
    .option(...HUB_OPTION)
    .action(async (written: string, { hub }: Listing) => {
      const { endToken } = await import('./token.ts')
      const { name } = await endToken(written, hub)
      printLine(`${name} is ended`)
    })
}
