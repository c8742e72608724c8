// Owns the address of a hub's agent socket.
import { AgentError } from '../agent-error.ts'

const SCHEMES: Readonly<Record<string, string>> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
}

/** The agent socket of the hub that a person knows by `written`: its page, or the socket itself. */
export function agentUrl(written: string): URL {
  const url = URL.parse(written)
  const scheme = url && SCHEMES[url.protocol]
  if (!scheme) {
    throw new AgentError(`"${written}" is not a hub's address; give one like https://hub.example`, {
      exitCode: 2,
    })
  }
  const path = url.pathname.replace(/(?<!\/)\/+$/, '')
  return new URL(`${scheme}//${url.host}${path.endsWith('/agent') ? path : `${path}/agent`}`)
}

/** Whether what is sent there can be read on the way: no TLS, and not this very machine. */
export function isReadableOnTheWay(url: URL): boolean {
  return url.protocol === 'ws:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
}
