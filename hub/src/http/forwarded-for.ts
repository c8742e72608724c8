// Owns what is believed of `X-Forwarded-For`: addresses, read from the proxy's end up to the first entry that is none.
import { isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

/** Of IPv6 with a zone, more than any is. */
const MAX_ADDRESS_LENGTH = 64

/**
 * Takes out of the header what a proxy has not written as an address, and all before it: who asks is then the last that is
 * known, in the end the proxy itself. To be called before anything asks where a request comes from.
 */
export function keepAddresses({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const written = headers['x-forwarded-for']
  if (written === undefined) return
  const entries = [written]
    .flat()
    .join(',')
    .split(',')
    .map((entry) => entry.trim())
  const addresses = entries.slice(entries.findLastIndex((entry) => !isAddress(entry)) + 1)
  if (addresses.length === 0) delete headers['x-forwarded-for']
  else headers['x-forwarded-for'] = addresses.join(', ')
}

function isAddress(entry: string): boolean {
  return entry.length <= MAX_ADDRESS_LENGTH && isIP(entry) !== 0
}
