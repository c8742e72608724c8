// Owns the bytes that agent and hub sign to prove themselves to each other, and the written form of a join token.

/** What both sides know after `hello` and `challenge`; keys and nonces are base64url as sent. */
export interface HandshakeFacts {
  readonly agentPublicKey: string
  readonly agentNonce: string
  readonly hubPublicKey: string
  readonly hubNonce: string
}

/**
 * The bytes that `role` signs. They bind both keys and both nonces, so that a proof is good for one connection of one
 * pair; the role keeps one side's proof from being sent back to it as its own.
 */
export function transcript(
  role: 'hub' | 'agent' | 'enrolment',
  facts: HandshakeFacts,
): Uint8Array<ArrayBuffer> {
  const { agentPublicKey, agentNonce, hubPublicKey, hubNonce } = facts
  return new TextEncoder().encode(
    ['vigie.agent.1', role, agentPublicKey, agentNonce, hubPublicKey, hubNonce].join('\n'),
  )
}

/** A single-use invitation for one machine. `hubFingerprint` lets the machine know the hub before it trusts it. */
export interface JoinToken {
  /** 9 bytes, base64url. */
  readonly id: string
  /** 24 bytes, base64url. Never sent: its text hashed with SHA-256 keys the proof of the token (rule H4). */
  readonly secret: string
  /** SHA-256 of the hub's raw public key, base64url. */
  readonly hubFingerprint: string
}

const TOKEN = /^vigie\.([A-Za-z0-9_-]{12})\.([A-Za-z0-9_-]{32})\.([A-Za-z0-9_-]{43})$/

export function formatJoinToken({ id, secret, hubFingerprint }: JoinToken): string {
  return `vigie.${id}.${secret}.${hubFingerprint}`
}

/** Reads a token as it was pasted, or returns undefined when it is not one. */
export function parseJoinToken(written: string): JoinToken | undefined {
  const [, id, secret, hubFingerprint] = TOKEN.exec(written.trim()) ?? []
  return id && secret && hubFingerprint ? { id, secret, hubFingerprint } : undefined
}
