// Owns how a relay is spoken to: with TLS, with STARTTLS or, on this machine only, with neither.
import { getCACertificates } from 'node:tls'
import type { SmtpTls } from '../mail-settings.ts'

export interface RelaySecurity {
  readonly secure: boolean
  readonly requireTLS?: true
  readonly opportunisticTLS?: true
  readonly ignoreTLS?: true
}

/** A password goes out in the clear to this machine only, whatever is set. */
export function relaySecurity(url: URL, tls: SmtpTls | undefined): RelaySecurity {
  if (url.protocol === 'smtps:') return { secure: true }
  const isHere = isLoopback(url.hostname)
  // A relay beside the hub often has a certificate that names nobody, and nobody listens in between.
  if (tls === undefined && isHere) return { secure: false, ignoreTLS: true }
  if (tls === 'opportunistic' && (isHere || url.password === '')) {
    return { secure: false, opportunisticTLS: true }
  }
  return { secure: false, requireTLS: true }
}

/** Authorities whose certificates are believed: those of this machine, and one of its people's own (PEM). */
export function trustedAuthorities(own: string | undefined): string[] | undefined {
  return own === undefined ? undefined : [...getCACertificates('default'), own]
}

function isLoopback(hostname: string): boolean {
  return /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}
