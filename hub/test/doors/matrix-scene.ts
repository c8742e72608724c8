// Owns the scene of the authorisation matrix: a hub with two hosts, one of them a canary, and everybody who may come to its doors,
// people, programs and agents.
import type { Incident, IncidentPage } from '@vigie/shared/api/incident'
import type { WaitingMachineList } from '@vigie/shared/api/host-change'
import { sql } from 'kysely'
import { vi } from 'vitest'
import { advisory, AdvisoryBoard } from '../advisory-board.ts'
import { ALWAYS } from '../busy-rule.ts'
import { newKeys, TestAgent, type AgentKeys } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { describeHost, nginx, OF_NGINX } from '../watched-hosts.ts'
import { administratorOf, Visitor } from './visitor.ts'

/** In the name and the units of a host that not everybody may see. */
export const CANARY = 'canary-7f3a'
/** Concerns both hosts. */
export const ADVISORY = 'CERTFR-2099-ALE-901'
const OWN = 'shop-1'

export interface Caller {
  readonly name: string
  readonly visitor: Visitor
  readonly headers: Record<string, string>
}

export interface Watched {
  readonly agent: TestAgent
  readonly keys: AgentKeys
  /** The one that it came with, which is spent. */
  readonly token: string
  readonly hostId: number
  readonly incidentId: number
}

export interface Scene {
  readonly hub: TestHub
  readonly canary: Watched
  readonly own: Watched
  /** Whoever is nobody, or is nobody any more. */
  readonly strangers: readonly Caller[]
  /** Viewers who may not see the canary: a program, and a person. */
  readonly ofShop: readonly [Caller, Caller]
  readonly viewer: Caller
  readonly admin: Caller
}

type AtEnd = (end: () => Promise<void>) => void

export async function setScene(atEnd: AtEnd): Promise<Scene> {
  const board = await AdvisoryBoard.startUntil(atEnd, [advisory(ADVISORY, OF_NGINX)])
  const hub = await startHub(
    {
      limits: { checkSessionEveryMs: 50, gatherPackagesMs: 50 },
      enrolment: 'approve',
      advisorySources: [board.source()],
    },
    atEnd,
  )
  const administrator = await administratorOf(hub)
  await administrator.post('/api/v1/rules', ALWAYS)
  const own = await hostOf(hub, { administrator, atEnd }, { name: OWN, tag: 'shop' })
  const canary = await hostOf(hub, { administrator, atEnd }, { name: CANARY, tag: 'bank' })
  for (const { hostId } of [own, canary]) await describeHost(hub, hostId, [nginx('1.24.0')])
  await vi.waitUntil(
    async () => (await hub.certWatch.advisories.get(ADVISORY))?.hosts.length === 2,
    { timeout: 30_000, interval: 20 },
  )

  type Wanted = Parameters<TestHub['tokens']['create']>[0]
  const bearer = (name: string, token: string): Caller => ({
    name,
    visitor: new Visitor(hub),
    headers: { authorization: `Bearer ${token}` },
  })
  const program = async (name: string, wanted: Wanted): Promise<Caller & { id: string }> => {
    const { id, token } = await hub.tokens.create(wanted)
    return { id, ...bearer(name, token) }
  }
  const revoked = await program('a revoked token', { name: 'revoked', role: 'admin' })
  await hub.tokens.delete(revoked.id)
  return {
    hub,
    own,
    canary,
    strangers: [
      { name: 'nobody', visitor: new Visitor(hub), headers: {} },
      await program('an expired token', { name: 'expired', role: 'admin', expiresMs: 1 }),
      revoked,
      bearer('a forged token', `vigie_${'A'.repeat(43)}`),
      bearer('an agent, by its key', canary.keys.publicKey),
      bearer('an agent, by its token', canary.token),
      await formerSession(hub, 'an ended session', 'delete from person_session'),
      await formerSession(
        hub,
        'an expired session',
        "update person_session set expires_at = '2026-01-01T00:00:00.000Z'",
      ),
    ],
    viewer: await program('a viewer', { name: 'viewer', role: 'viewer' }),
    ofShop: [
      await program('a viewer of the shop', { name: 'shop', role: 'viewer', hostTags: ['shop'] }),
      { ...(await personOfShop(hub, 'bea')), name: 'a viewer of the shop, signed in' },
    ],
    admin: { name: 'an administrator', visitor: administrator, headers: {} },
  }
}

/** A viewer of the shop with a session. */
async function personOfShop(hub: TestHub, name: string): Promise<Caller & { personId: string }> {
  const credentials = { email: `${name}@example.org`, password: 'a password of theirs' }
  const about = { role: 'viewer' as const, hostTags: ['shop'] }
  const personId = await hub.people.accounts.create({ ...credentials, ...about })
  const visitor = new Visitor(hub)
  const { status, text } = await visitor.post('/api/auth/sign-in/email', credentials)
  if (status !== 204) throw new Error(`signing in was answered with ${status} ${text}`)
  return { personId, name, visitor, headers: {} }
}

/** Somebody whose session was good until the database was changed by `change`. */
async function formerSession(hub: TestHub, name: string, change: string): Promise<Caller> {
  const person = await personOfShop(hub, name.replaceAll(' ', '-'))
  await sql`${sql.raw(change)} where person_id = ${person.personId}`.execute(hub.store.db)
  return { ...person, name }
}

export type Joined = Omit<Watched, 'incidentId'>

/** A machine that has joined and was approved; its agent is connected. */
export async function joined(hub: TestHub, administrator: Visitor, name: string): Promise<Joined> {
  const { token } = await hub.enrolments.create({ name })
  const keys = newKeys()
  const knocking = new TestAgent({ hub: hub.address, token, keys, hostname: name })
  knocking.prove(await knocking.greet())
  await knocking.ended()
  const waiting = (await administrator.get('/api/v1/waiting-machines')).json() as WaitingMachineList
  const { id = 0 } = waiting.items.find(({ hostname }) => hostname === name) ?? {}
  await administrator.post(`/api/v1/waiting-machines/${id}/approve`, {})
  const agent = new TestAgent({ hub: hub.address, keys, hostname: name })
  const { hostId } = await agent.enter()
  return { agent, keys, token, hostId }
}

/** A host with a tag, ticks, an event of its agent and an incident. */
async function hostOf(
  hub: TestHub,
  { administrator, atEnd }: { administrator: Visitor; atEnd: AtEnd },
  { name, tag }: { name: string; tag: string },
): Promise<Watched> {
  const { agent, keys, token, hostId } = await joined(hub, administrator, name)
  atEnd(() => agent.close())
  const snapshot = { timeMs: Date.now(), users: [], failedUnits: [`${name}.service`] }
  agent.say({ type: 'snapshot', snapshot })
  await agent.acknowledged(agent.tick(Math.floor(Date.now() / 1000) * 1000 - 5000))
  await administrator.send('PUT', `/api/v1/hosts/${hostId}/tags`, { body: { tags: [tag] } })
  const opened = async (): Promise<Incident | undefined> => {
    const page = (await administrator.get('/api/v1/alerts')).json() as IncidentPage
    return page.items.find((incident) => incident.hostId === hostId)
  }
  const { id } = await vi.waitFor(async () => {
    const incident = await opened()
    if (!incident) throw new Error(`no incident of ${name} came`)
    return incident
  })
  return { agent, keys, token, hostId, incidentId: id }
}

export function cookieOf({ cookies }: Visitor): string {
  return [...cookies].map((pair) => pair.join('=')).join('; ')
}
