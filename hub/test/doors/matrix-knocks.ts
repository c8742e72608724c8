// Owns who may come to the agents' socket besides agents, for the authorisation matrix: with what, and how it ends for them.
import type { WaitingMachineList } from '@vigie/shared/api/host-change'
import type { CloseName } from '@vigie/shared/protocol/close-codes'
import { sql } from 'kysely'
import { newKeys, TestAgent, type AgentKeys, type TestAgentOptions } from '../test-agent.ts'
import { cookieOf, joined, type Scene } from './matrix-scene.ts'
import type { Answer } from './visitor.ts'

type Come = (scene: Scene) => Promise<TestAgent> | TestAgent

export const KNOCKS: readonly (readonly [string, CloseName, Come])[] = [
  ['a key that nobody knows', 'unknownAgent', (scene) => knock(scene)],
  ['a viewer’s token', 'unknownAgent', (scene) => knock(scene, { headers: scene.viewer.headers })],
  [
    'an administrator’s session',
    'unknownAgent',
    (scene) => {
      const { admin, hub } = scene
      return knock(scene, { headers: { cookie: cookieOf(admin.visitor), origin: hub.address } })
    },
  ],
  [
    'a forged token',
    'tokenRefused',
    (scene) => {
      const [head, id, , fingerprint] = scene.canary.token.split('.')
      return knock(scene, { token: [head, id, 'A'.repeat(32), fingerprint].join('.') })
    },
  ],
  ['a spent token', 'tokenRefused', (scene) => knock(scene, { token: scene.canary.token })],
  [
    'an expired token',
    'tokenRefused',
    async (scene) => {
      const { id, token } = await scene.hub.enrolments.create({})
      const expired = sql`update enrolment set expires_ms = 1 where id = ${id}`
      await expired.execute(scene.hub.store.db)
      return knock(scene, { token })
    },
  ],
  [
    'a key that waits',
    'awaitingApproval',
    async (scene) => knock(scene, { keys: (await waiting(scene)).keys }),
  ],
  [
    'a key that was refused',
    'revoked',
    async (scene) => {
      const { id, keys } = await waiting(scene)
      await change(scene, `waiting-machines/${id}/refuse`)
      return knock(scene, { keys, token: (await scene.hub.enrolments.create({})).token })
    },
  ],
  ['a revoked agent', 'revoked', (scene) => former(scene, 'revoke')],
  ['the agent of a retired host', 'retired', (scene) => former(scene, 'retire')],
  [
    'the identity of one that is there',
    'duplicateIdentity',
    (scene) => knock(scene, { keys: scene.canary.keys }),
  ],
]

export function knock({ hub }: Scene, options: Partial<TestAgentOptions> = {}): TestAgent {
  return new TestAgent({ hub: hub.address, hostname: 'knocking', ...options })
}

function change({ admin }: Scene, path: string): Promise<Answer> {
  return admin.visitor.post(`/api/v1/${path}`, {})
}

/** One whose agent was connected. */
async function former(scene: Scene, how: 'revoke' | 'retire'): Promise<TestAgent> {
  const { agent, keys, hostId } = await joined(scene.hub, scene.admin.visitor, `to-${how}`)
  await change(scene, `hosts/${hostId}/${how}`)
  await agent.ended()
  return knock(scene, { keys })
}

/** A machine that an administrator has yet to approve. */
async function waiting(scene: Scene): Promise<{ id: number; keys: AgentKeys }> {
  const keys = newKeys()
  const { token } = await scene.hub.enrolments.create({})
  const first = knock(scene, { keys, token, hostname: keys.publicKey })
  first.prove(await first.greet())
  await first.ended()
  const list = await scene.admin.visitor.get('/api/v1/waiting-machines')
  const { items } = list.json() as WaitingMachineList
  const found = items.find(({ hostname }) => hostname === keys.publicKey)
  if (!found) throw new Error('it does not wait')
  return { id: found.id, keys }
}
