// Owns the reading of what a hub says as text. The shapes are those of shared/src/protocol/agent.ts, and a test holds
// them together; checked by hand because TypeBox would cost the daemon 17 MiB of memory for four small messages.
import type { HubMessage } from '@vigie/shared/protocol/agent'
import { parseJsonObject } from '../json-object.ts'

/** Reads a text frame, or returns undefined when it is not a message of the protocol (F2). */
export function parseHubMessage(text: string): HubMessage | undefined {
  const message = parseJsonObject(text)
  if (!message) return undefined
  const type = message['type']
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) return undefined
  const shape = shapes[type as HubMessage['type']]
  const isKnown = Object.keys(message).every(
    (name) => name === 'type' || Object.hasOwn(shape, name),
  )
  const isWhole = Object.entries(shape).every(([name, check]) =>
    Object.hasOwn(message, name) ? check(message[name]) : check === isHashIfTold,
  )
  return isKnown && isWhole ? (message as HubMessage) : undefined
}

type Check = (value: unknown) => boolean

const isString: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const isInteger =
  (minimum: number, maximum: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
const isTime = isInteger(0, 8.64e15)
const isBase64url = (length: number): Check => {
  const pattern = new RegExp(`^[A-Za-z0-9_-]{${length}}$`)
  return (value) => typeof value === 'string' && pattern.test(value)
}
// The one member that may be left out.
const isHash = isBase64url(43)
const isHashIfTold: Check = (value) => value === null || isHash(value)

const shapes: Record<HubMessage['type'], Record<string, Check>> = {
  challenge: {
    publicKey: isBase64url(43),
    nonce: isBase64url(43),
    signature: isBase64url(86),
    timeMs: isTime,
  },
  welcome: {
    hostId: isInteger(1, Number.MAX_VALUE),
    name: isString,
    timeMs: isTime,
    inventoryHash: (value) => value === null || typeof value === 'string',
    packagesHash: isHashIfTold,
  },
  ack: { frames: isInteger(1, Number.MAX_VALUE) },
  clock: { sentMs: isNumber, timeMs: isTime },
}
