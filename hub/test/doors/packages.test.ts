// What is installed on a host, over the REST API.
import type { PackagePage } from '@vigie/shared/api/package-list'
import type { Package } from '@vigie/shared/protocol/packages'
import { expect, it, vi } from 'vitest'
import { TestAgent } from '../test-agent.ts'
import { startHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const dpkg = (name: string, more: Partial<Package> = {}): Package => {
  return { manager: 'dpkg', name, version: '1', ...more }
}
const NAMES = ['bash', 'curl', 'libssl3', 'openssl', 'zsh']

async function hubWithHost() {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ name: 'a' })
  const { hostId } = await new TestAgent({ hub: hub.address, token }).enter()
  const person = await administratorOf(hub)
  const page = async (query = '') => {
    const answer = await person.get(`/api/v1/hosts/${hostId}/packages${query}`)
    return { ...answer, page: answer.json() as PackagePage }
  }
  return { hub, hostId, page }
}

const namesOf = ({ page }: { page: PackagePage }) => page.items.map(({ name }) => name)

it('packages come in pages, and by a part of their name or of their source', async () => {
  const { hub, hostId, page } = await hubWithHost()
  const packages = NAMES.map((name) => dpkg(name, name === 'libssl3' ? { source: 'openssl' } : {}))
  await hub.store.packages.put(hostId, 'h', 7, packages)
  const whole = await page()
  expect(whole.page).toEqual({
    items: packages,
    next: null,
    total: 5,
    readMs: 7,
    lacks: [],
  })
  const first = await page('?limit=2')
  expect([namesOf(first), first.page.next, first.page.total]).toEqual([['bash', 'curl'], '2', 5])
  const last = await page('?limit=3&after=2')
  expect([namesOf(last), last.page.next]).toEqual([['libssl3', 'openssl', 'zsh'], null])
  const some = await page('?name=OpenSSL&limit=1')
  expect([namesOf(some), some.page.next, some.page.total]).toEqual([['libssl3'], '1', 2])
  expect(namesOf(await page('?name=nothing'))).toEqual([])
  expect(namesOf(await page('?after=999999'))).toEqual([])
})

it('a host that has told none has none, and nobody knows since when', async () => {
  const { page } = await hubWithHost()
  expect((await page()).page).toEqual({
    items: [],
    next: null,
    total: 0,
    readMs: null,
    lacks: ['list'],
  })
})

it('is refused to strangers, of hosts that do not exist, and when it is asked wrongly', async () => {
  const { hub, hostId, page } = await hubWithHost()
  const path = `/api/v1/hosts/${hostId}/packages`
  expect((await new Visitor(hub).get(path)).status).toBe(401)
  for (const query of ['?limit=0', '?limit=1001', '?after=-1', '?name=', '?other=1']) {
    expect((await page(query)).status).toBe(400)
  }
  expect((await page('/../../99/packages')).status).toBe(404)
})
