// Owns what the hub makes of a frame that is none: `ws` finds that out and closes the socket by itself, with the code
// that RFC 6455 (section 7.4.1) has for it.
import type { CloseName } from '@vigie/shared/protocol/close-codes'

const TOO_LARGE = ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH']

/** The name under which such a close is counted; undefined for every other trouble of a socket. */
export function faultOfFrame({ code = '' }: Error & { code?: string }): CloseName | undefined {
  if (!code.startsWith('WS_ERR_')) return undefined
  return TOO_LARGE.includes(code) ? 'tooLarge' : 'malformed'
}
