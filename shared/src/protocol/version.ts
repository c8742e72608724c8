// Owns the versions of both WebSocket protocols, negotiated as WebSocket subprotocols (RFC 6455, section 1.9).

/** Adds `incomplete` to `packages`; a hub that speaks only 3 would close for it. */
export const WITH_INCOMPLETE = 'vigie.agent.4'
/** Adds `packages`, and `packagesHash` to `welcome`; an agent that speaks only 2 would close for the latter. */
export const WITH_PACKAGES = 'vigie.agent.3'
/** Adds `runningForMs` to `hello`, and `gap`; a hub that speaks only 1 would close for either. */
export const WITH_GAPS = 'vigie.agent.2'
export const AGENT_PROTOCOLS = [WITH_INCOMPLETE, WITH_PACKAGES, WITH_GAPS, 'vigie.agent.1'] as const
export const LIVE_PROTOCOLS = ['vigie.live.1'] as const

/** Whether a negotiated version has all that `needed` has: each adds to the one before it. */
export function speaks(needed: (typeof AGENT_PROTOCOLS)[number], negotiated: string): boolean {
  const versions: readonly string[] = AGENT_PROTOCOLS
  const place = versions.indexOf(negotiated)
  return place >= 0 && place <= versions.indexOf(needed)
}

/** The first of `supported` (newest first) that the other side offers, or undefined when there is none in common. */
export function negotiate(
  offered: Iterable<string>,
  supported: readonly string[],
): string | undefined {
  const set = new Set(offered)
  return supported.find((protocol) => set.has(protocol))
}
