// Owns the hub's certificate while it runs: renewed files are taken without a connection being dropped, and its end is told
// of in time.
import type { SecureContextOptions } from 'node:tls'
import { Gauge, type Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import { readCertificate, type Certificate, type CertificateFiles } from './certificate-files.ts'

/** Read, not watched: links are swapped, directories replaced and shares mounted, and all of that is a content that differs. */
const LOOK_EVERY_MS = 10_000
const WARN_BEFORE_MS = 14 * 86_400_000

/** TLS 1.0 and 1.1 are no longer to be spoken (RFC 8996). */
export const OLDEST_TLS = 'TLSv1.2'

export interface CertificateWatchParts {
  readonly files: CertificateFiles
  /** What the hub listens with, as it was read at its start. */
  readonly certificate: Certificate
  readonly server: { setSecureContext(options: SecureContextOptions): void }
  readonly problems: {
    raise(kind: 'certificate-expiring', detail: string): void
    clear(kind: 'certificate-expiring'): void
  }
  readonly registry: Registry
  readonly clock: Clock
  readonly log: { info(words: string): void; warn(words: string): void }
  readonly lookEveryMs?: number | undefined
}

export interface CertificateWatch {
  close(): Promise<void>
}

export function watchCertificate(parts: CertificateWatchParts): CertificateWatch {
  const { files, server, problems, clock, log } = parts
  let current = parts.certificate
  let refused = ''
  const gauge = new Gauge({
    name: 'vigie_tls_certificate_expires_timestamp_seconds',
    help: "When the hub's own certificate ends, as Unix time",
    registers: [parts.registry],
  })

  const tellOfItsEnd = (): void => {
    gauge.set(current.expiresMs / 1000)
    if (current.expiresMs - clock.nowMs() > WARN_BEFORE_MS) {
      problems.clear('certificate-expiring')
      return
    }
    const end = new Date(current.expiresMs).toISOString().slice(0, 10)
    problems.raise(
      'certificate-expiring',
      `The certificate in ${files.certFile} ends on ${end}: renew it; the hub takes the new one by itself.`,
    )
  }

  const look = async (): Promise<void> => {
    try {
      const found = await readCertificate(files)
      refused = ''
      if (found.cert === current.cert && found.key === current.key) return
      server.setSecureContext({ cert: found.cert, key: found.key, minVersion: OLDEST_TLS })
      current = found
      log.info(
        `took the renewed certificate, good until ${new Date(found.expiresMs).toISOString()}`,
      )
    } catch (error) {
      // Certificate and key are not renewed at one instant: the next look may find a pair.
      const { message } = error as Error
      if (message !== refused) log.warn(`keeps the certificate that it has: ${message}`)
      refused = message
    } finally {
      tellOfItsEnd()
    }
  }

  tellOfItsEnd()
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, parts.lookEveryMs ?? LOOK_EVERY_MS)
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
