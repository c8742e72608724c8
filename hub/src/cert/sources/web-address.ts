// Owns which addresses of a source are kept: http and https only, without names and passwords, resolved against the site.
import { MAX_URL_LENGTH } from './limits.ts'

/** Undefined for what a browser should not be led to. */
export function webAddress(address: string, base?: string): string | undefined {
  if (address.length > MAX_URL_LENGTH) return undefined
  const url = URL.parse(address.trim(), base)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  return url.href.length <= MAX_URL_LENGTH ? url.href : undefined
}
