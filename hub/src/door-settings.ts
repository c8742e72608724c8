// Owns the settings of how the hub is reached: where it listens, by which address and path, over TLS, and through whom.
import { BlockList, isIP } from 'node:net'
import { basePathOf } from './http/base-path.ts'
import { file, isUrlOf, listOf, setting } from './setting.ts'
import type { CertificateFiles } from './tls/certificate-files.ts'

export interface DoorSettings {
  /** Port 0 takes any free one. */
  readonly listen: ListenAddress
  /** The address that people and agents use, when it is not the one listened on; its path is what the hub lives under. */
  readonly publicUrl: URL | undefined
  readonly tls: CertificateFiles | undefined
  /** Addresses and networks whose word on who asks is believed (X-Forwarded-For and -Proto). */
  readonly trustedProxies: readonly string[]
}

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

export const DOOR_CONFIG = {
  listen: setting(
    'host:port, such as 127.0.0.1:4280 or [::1]:4280',
    (written) => parseListen(written) !== undefined,
  ),
  publicUrl: setting(
    'an http:// or https:// address, with a path if the hub lives under one, such as https://example.org/vigie/',
    isPublicUrl,
  ),
  tlsCert: file,
  tlsKey: file,
  allowPlaintext: setting('yes or no', (written) => ['yes', 'no'].includes(written)),
  trustedProxies: setting(
    'addresses and networks separated by commas, such as 127.0.0.1,10.0.0.0/8',
    (written) => listOf(written).every(isNetwork),
  ),
}

/** From what passed {@link DOOR_CONFIG}; else a sentence that says what is wrong with it, and what to do. */
export function readDoorSettings(written: {
  readonly [K in keyof typeof DOOR_CONFIG]?: string
}): DoorSettings | string {
  const { tlsCert, tlsKey, publicUrl, allowPlaintext } = written
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    return 'VIGIE_TLS_CERT and VIGIE_TLS_KEY go together: set both or none'
  }
  const listen = parseListen(written.listen ?? '127.0.0.1:4280') ?? {
    host: '127.0.0.1',
    port: 4280,
  }
  if (tlsCert === undefined && allowPlaintext !== 'yes' && !isLoopback(listen.host)) {
    return `VIGIE_LISTEN is "${written.listen ?? ''}", where others hear passwords and tokens, as there is no TLS: listen on 127.0.0.1 and come by ssh -L ${listen.port}:127.0.0.1:${listen.port}, or set VIGIE_TLS_CERT and VIGIE_TLS_KEY, or listen on 127.0.0.1 behind a proxy with TLS; VIGIE_ALLOW_PLAINTEXT=yes takes it as it is`
  }
  return {
    listen,
    publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl),
    tls:
      tlsCert === undefined || tlsKey === undefined
        ? undefined
        : { certFile: tlsCert, keyFile: tlsKey },
    trustedProxies: listOf(written.trustedProxies ?? ''),
  }
}

/** Whether a name, as written or in a URL, is that of the very machine (RFC 6761, section 6.3; RFC 1122; RFC 4291). */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '')
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address)
}

function parseListen(written: string): ListenAddress | undefined {
  const [, bracketed, plain, digits] =
    /^(?:\[([^\]]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(written) ?? []
  const port = Number(digits)
  if (!(port <= 65_535)) return undefined
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { host: bracketed, port } : undefined
  return plain === undefined ? undefined : { host: plain, port }
}

function isPublicUrl(written: string): boolean {
  if (!isUrlOf(written, ['http:', 'https:'])) return false
  const url = new URL(written)
  return url.search + url.hash === '' && basePathOf(url) !== undefined
}

function isNetwork(written: string): boolean {
  const [address = '', bits, more] = written.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  if (bits === undefined) return true
  try {
    const list = new BlockList()
    list.addSubnet(address, /^\d{1,3}$/.test(bits) ? Number(bits) : NaN, `ipv${family as 4 | 6}`)
    return true
  } catch {
    // More bits than an address has, or none.
    return false
  }
}
