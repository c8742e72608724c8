// Owns reading the hub's own certificate and its key: both files at once, and only as a pair that fits.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'

export interface CertificateFiles {
  /** PEM: the certificate, and after it those of the authorities between. */
  readonly certFile: string
  /** PEM, without a passphrase: nobody is there to type it. */
  readonly keyFile: string
}

export interface Certificate {
  readonly cert: string
  readonly key: string
  readonly expiresMs: number
}

/** One sentence for the person who looks after the certificate: the file, what is wrong and what to do. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
}

/** Throws a {@link CertificateError}. */
export async function readCertificate(files: CertificateFiles): Promise<Certificate> {
  const cert = await contentOf('VIGIE_TLS_CERT', files.certFile)
  const key = await contentOf('VIGIE_TLS_KEY', files.keyFile)
  return checkedPair({ cert, key }, files)
}

/** `pair` is what stands in the files. Throws a {@link CertificateError}. */
export function checkedPair(
  { cert, key }: Pick<Certificate, 'cert' | 'key'>,
  { certFile, keyFile }: CertificateFiles,
): Certificate {
  const certificate = parsed(
    () => new X509Certificate(cert),
    `VIGIE_TLS_CERT is ${certFile}, which holds no certificate: PEM is wanted, -----BEGIN CERTIFICATE-----`,
  )
  const privateKey = parsed<KeyObject>(
    () => createPrivateKey(key),
    `VIGIE_TLS_KEY is ${keyFile}, which holds no key that can be read: PEM without a passphrase is wanted, -----BEGIN PRIVATE KEY-----`,
  )
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CertificateError(
      `the key in ${keyFile} is not that of the certificate in ${certFile}: set VIGIE_TLS_CERT and VIGIE_TLS_KEY to a pair`,
    )
  }
  return { cert, key, expiresMs: certificate.validToDate.getTime() }
}

async function contentOf(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${String(code)})`
    throw new CertificateError(
      `${setting} is ${path}, and ${why}: name a file that the hub's user may read`,
      { cause },
    )
  }
}

function parsed<T>(parse: () => T, words: string): T {
  try {
    return parse()
  } catch (cause) {
    throw new CertificateError(words, { cause })
  }
}
