// Owns where a request of a person comes from, as it is kept with the session.
import { ADDRESS_HEADER } from './authentication.ts'

export interface Origin {
  readonly address: string
  readonly userAgent: string | undefined
}

const MAX_USER_AGENT_LENGTH = 300

/** As better-auth reads it; `cookie` is what it may see of the browser's. */
export function headersOf({ address, userAgent }: Origin, cookie = ''): Headers {
  // What a browser says of itself is kept and shown: not more of it than people read.
  const agent = userAgent?.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_USER_AGENT_LENGTH)
  return new Headers({
    [ADDRESS_HEADER]: address,
    ...(cookie && { cookie }),
    ...(agent && { 'user-agent': agent }),
  })
}
