// Owns how a machine is made a host of this hub, as people paste it, and the hub's address in it.
import { isIP } from 'node:net'
import type { Enrolment } from '@vigie/shared/api/enrolment'
import type { AgentDownloads } from './agent-download/agent-downloads.ts'
import { isLoopback } from './door-settings.ts'
import { basePathOf } from './http/base-path.ts'
import type { Settings } from './settings.ts'

type Commands = Pick<Enrolment, 'command' | 'windowsCommand' | 'platforms' | 'isLoopback'>

/** What to paste on the new machine: it joins, and has its agent run from then on. */
export async function joinCommands(
  hubUrl: string,
  token: string,
  downloads: AgentDownloads,
): Promise<Commands> {
  const { platforms, shell, powerShell } = await downloads.lines(hubUrl, token)
  return {
    command: shell ?? sourceCommand(hubUrl, token),
    windowsCommand: powerShell,
    platforms: [...platforms],
    isLoopback: isLoopback(new URL(hubUrl).hostname),
  }
}

/** For a machine with Vigie's sources: joins, then watches until it is stopped. */
function sourceCommand(hubUrl: string, token: string): string {
  return `npx vigie-agent join ${hubUrl} ${token} && npx vigie-agent run`
}

/** The address that the hub's settings promise, without a slash at its end: paths are put to it. `port` is the true one where the settings leave it open. */
export function hubUrlOf(
  { listen, publicUrl, tls }: Pick<Settings, 'listen' | 'publicUrl' | 'tls'>,
  port = listen.port,
): string {
  if (publicUrl) return publicUrl.origin + (basePathOf(publicUrl) ?? '')
  const host = isWildcard(listen.host) ? '127.0.0.1' : listen.host
  return `${tls ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

/** Whether an address listened on means every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
