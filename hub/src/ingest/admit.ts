// Owns letting an agent in: a claim that is good makes its connection the one of the host, and any other closes it.
import { judge, type Claim } from './admission.ts'
import type { IngestContext, Peer } from './ingest-context.ts'
import type { KnownHost } from './ports.ts'

/** `welcome` is called in the same turn of the event loop in which the last word on the claim was said. */
export async function admit(
  claim: Claim,
  {
    peer,
    context,
    welcome,
  }: { peer: Peer; context: IngestContext; welcome: (host: KnownHost) => void },
): Promise<void> {
  const { roster, clock, connections, events } = context
  const verdict = await judge(claim, roster, clock)
  if (verdict.kind === 'refused') {
    peer.close(verdict.close)
    return
  }
  const { host } = verdict
  const { publicKey, hostname } = claim.hello
  if (!(await connections.claim(host.id, peer))) {
    events.onDuplicate(host.id, { hostname, address: peer.address })
    peer.close('duplicateIdentity')
    return
  }
  // Events of the socket may have closed it in the meantime.
  if (peer.isClosed) {
    connections.release(host.id, peer)
    return
  }
  // So may an administrator have revoked the key, while the hub asked another agent that claims it.
  const standing = roster.standingOf(publicKey)
  if (standing?.kind !== 'host') {
    connections.release(host.id, peer)
    peer.close(standing?.close ?? 'unknownAgent')
    return
  }
  welcome(host)
}
