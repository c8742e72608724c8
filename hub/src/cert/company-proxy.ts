// Owns which proxy a source is reached through, as the environment says it: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not.
import { BlockList, isIP } from 'node:net'
import { SourceFault } from './sources/source-fault.ts'

export const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
])

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Undefined where the source is asked directly, as what is on this machine always is.
 * @throws {SourceFault} `proxy-error` for what is no proxy's address; its words never show it, as a password may be in it.
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv = process.env): URL | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const written = settingOf(env, name)
  if (written === undefined || LOOPBACK.test(url.hostname) || isExempt(url, env)) return undefined
  const proxy = URL.parse(written.includes('://') ? written : `http://${written}`)
  if (proxy?.hostname && /^https?:$/.test(proxy.protocol)) return proxy
  throw new SourceFault('proxy-error', `${name} is no proxy: write http://host:port`)
}

/** The lower case wins, as for curl. */
function settingOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined
}

/** Names with all that is below them, addresses, and networks as `10.0.0.0/8`; each with a port or without; `*` is all. */
function isExempt(url: URL, env: NodeJS.ProcessEnv): boolean {
  const entries = (settingOf(env, 'NO_PROXY') ?? '').toLowerCase().split(/[\s,]+/)
  const host = bare(url.hostname)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return entries.some((entry) => {
    if (entry === '*') return true
    const [, named = entry, onPort = port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? []
    if (onPort !== port) return false
    if (isIP(host)) return isWithin(host, bare(named))
    const name = named.replace(/^\*?\.?/, '')
    return name !== '' && (host === name || host.endsWith(`.${name}`))
  })
}

function isWithin(address: string, entry: string): boolean {
  const [network = '', prefix] = entry.split('/')
  const family = isIP(address)
  if (isIP(network) !== family) return false
  const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix)
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(network, bits, type)
  return list.check(address, type)
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
