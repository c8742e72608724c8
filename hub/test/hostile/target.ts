// Owns the scene that hostile tests attack: a hub with honest agents, one of them a canary that nobody else may learn of, and
// what an attacker has: nothing, a viewer's token for other hosts, and an agent of its own.
import type { ApiTokens } from '../../src/auth/api-tokens.ts'
import { administratorOf } from '../doors/visitor.ts'
import { newKeys, TestAgent, type AgentKeys } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'

/** In the name, the tags and the units of a host that no attacker may see. */
export const CANARY = 'canary-7c1f'
const UNLIMITED = { burst: 1e9, perSecond: 1 }

export interface Target {
  readonly hub: TestHub
  readonly honest: readonly TestAgent[]
  readonly canaryId: number
  readonly canaryKey: string
  /** A viewer's, of hosts with the tag `shop` alone. */
  readonly shopToken: string
  /** A join token that is spent. */
  readonly spentToken: string
  /** The attacker's own host. */
  readonly ownKeys: AgentKeys
  readonly ownId: number
}

export async function setTarget(
  atEnd: (end: () => Promise<void>) => void,
  log: Parameters<typeof startHub>[0],
): Promise<Target> {
  // One address stands for many: the limits of one are not what is tested.
  const hub = await startHub(
    { ...log, limits: { attempts: UNLIMITED, refusals: UNLIMITED } },
    atEnd,
  )
  const admin = await administratorOf(hub)
  const join = async (name: string, tag: string) => {
    const { token } = await hub.enrolments.create({ name })
    const keys = newKeys()
    const agent = new TestAgent({ hub: hub.address, keys, token, hostname: name })
    atEnd(() => agent.close())
    const { hostId } = await agent.enter()
    const tagged = await admin.send('PUT', `/api/v1/hosts/${hostId}/tags`, {
      body: { tags: [tag] },
    })
    if (tagged.status >= 300) throw new Error(`tagging was answered with ${tagged.status}`)
    return { agent, keys, hostId, token }
  }
  const canary = await join(CANARY, CANARY)
  const snapshot = { timeMs: Date.now(), users: [], failedUnits: [`${CANARY}.service`] }
  canary.agent.say({ type: 'snapshot', snapshot })
  const others = [await join('honest-1', 'bank'), await join('honest-2', 'bank')]
  const own = await join('hostile', 'shop')
  await own.agent.close()
  const wanted: Parameters<ApiTokens['create']>[0] = {
    name: 'shop',
    role: 'viewer',
    hostTags: ['shop'],
  }
  return {
    hub,
    honest: [canary.agent, ...others.map(({ agent }) => agent)],
    canaryId: canary.hostId,
    canaryKey: canary.keys.publicKey,
    shopToken: (await hub.tokens.create(wanted)).token,
    spentToken: own.token,
    ownKeys: own.keys,
    ownId: own.hostId,
  }
}
