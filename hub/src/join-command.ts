// Owns the command that makes a machine a host of this hub, as people paste it, and the hub's address in it.
import { isIP } from 'node:net'
import type { Settings } from './settings.ts'

/** What to paste on the new machine: it joins, then watches until it is stopped. */
export function joinCommand(hubUrl: string, token: string): string {
  return `npx vigie-agent join ${hubUrl} ${token} && npx vigie-agent run`
}

/** The address that the hub's settings promise. `port` is the true one where the settings leave it open. */
export function hubUrlOf(
  { listen, publicUrl, tls }: Pick<Settings, 'listen' | 'publicUrl' | 'tls'>,
  port = listen.port,
): string {
  if (publicUrl) return publicUrl.origin
  const host = isWildcard(listen.host) ? '127.0.0.1' : listen.host
  return `${tls ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

/** Whether an address listened on means every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
