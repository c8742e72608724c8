// Owns the choice of a host from a list, where somebody sits at a terminal.
import type { HostSummary } from '@vigie/shared/api/host'
import type { Key } from 'node:readline'
import { nearest } from './named-host.ts'
import { CommandError } from './command-error.ts'

/** Throws a {@link CommandError} where nobody can choose, or nobody did. */
export async function chooseHost(
  hosts: readonly HostSummary[],
  command: string,
): Promise<HostSummary> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandError(`name a host: \`vigie ${command} HOST\`; \`vigie hosts\` lists them`, {
      exitCode: 2,
    })
  }
  if (hosts.length === 0)
    throw new CommandError('there are no hosts yet: `vigie enrol` invites one')
  const { default: search } = await import('@inquirer/search')
  const leaving = new AbortController()
  const onKey = (_: string | undefined, { name }: Key): void => {
    if (name === 'escape') leaving.abort()
  }
  process.stdin.on('keypress', onKey)
  try {
    return await search(
      {
        message: 'Which host?',
        source: (term) => matching(hosts, term ?? '').map(choiceOf),
      },
      // Standard output may be the picture.
      { output: process.stderr, signal: leaving.signal, clearPromptOnDone: true },
    )
  } catch (cause) {
    throw new CommandError('no host was chosen', { cause })
  } finally {
    process.stdin.off('keypress', onKey)
  }
}

function matching(hosts: readonly HostSummary[], term: string): readonly HostSummary[] {
  const wanted = term.toLowerCase()
  const found = hosts.filter(({ name }) => name.toLowerCase().includes(wanted))
  if (found.length > 0) return found
  const near = nearest(
    hosts.map(({ name }) => name),
    term,
  )
  return hosts.filter(({ name }) => near.includes(name))
}

function choiceOf(host: HostSummary) {
  const { name, status, figures, system } = host
  const cpu = figures?.cpuRatio
  const facts = [
    status,
    ...(cpu === null || cpu === undefined ? [] : [`CPU ${Math.round(cpu * 100)} %`]),
    ...(system === null ? [] : [system]),
  ]
  return { name: `${name}  ${facts.join(', ')}`, value: host, short: name }
}
