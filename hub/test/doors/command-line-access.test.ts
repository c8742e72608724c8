// `vigie user`, `token` and `audit` as people run them: real processes beside a hub that runs.
import type { AuditEntry } from '@vigie/shared/api/audit'
import { expect, it, vi } from 'vitest'
import { startHub } from '../test-hub.ts'
import { run } from './command.ts'
import { ADA, administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 120_000 })

it('C1 people are invited, changed, reset and removed; tokens made and ended; all of it is in the log', async () => {
  const hub = await startHub()
  await administratorOf(hub)
  const { token } = await hub.tokens.create({ name: 'shell', role: 'admin' })
  const vigie = async (...args: string[]): Promise<string> => {
    const environment = {
      VIGIE_DATA: hub.dataDirectory,
      VIGIE_HUB: hub.address,
      VIGIE_TOKEN: token,
    }
    const { code, stdout, stderr } = await run(args, environment)
    return code === 0 ? stdout : `${String(code)} ${stderr}`
  }

  const invited = await vigie('user', 'add', 'bea@example.org', '--tag', 'shop')
  const secret = /welcome#(invite_\S+)/.exec(invited)?.[1] ?? ''
  const password = 'a password of twenty'
  await new Visitor(hub).post('/api/v1/invites/accept', { token: secret, password })
  expect(await vigie('user', 'list')).toMatch(/bea@example\.org +bea +viewer +shop +no/)
  expect(await vigie('user', 'role', 'BEA@example.org', 'admin')).toBe(
    'bea@example.org: admin, shop\n',
  )
  expect(await vigie('user', 'reset', 'bea@example.org')).toMatch(/welcome#invite_/)
  expect(await vigie('user', 'remove', 'bea@example.org')).toBe('bea@example.org is removed\n')
  expect(await vigie('user', 'remove', ADA.email)).toMatch(/^1 vigie: .* refused: .*administrator/)
  expect(await vigie('user', 'role', ADA.email, 'root')).toBe(
    '2 vigie: "root" is not a role: viewer or admin\n',
  )

  const made = await vigie('token', 'create', '--name', 'ci', '--expires', '90d', '--json')
  expect(await hub.tokens.find((JSON.parse(made) as { token: string }).token)).toMatchObject({
    name: 'ci',
  })
  expect(await vigie('token', 'list')).toMatch(/ci +viewer +all/)
  expect(await vigie('token', 'revoke', 'ci')).toBe('ci is ended\n')
  expect(await vigie('token', 'create', '--name', 'x', '--expires', '2y')).toMatch(
    /^2 vigie: --expires is "2y"/,
  )

  const entries = JSON.parse(await vigie('audit', '--who', 'shell', '--json')) as AuditEntry[]
  expect(entries.map(({ action, outcome }) => `${action} ${outcome}`).reverse()).toEqual([
    ...['invite.create done', 'user.change done', 'user.reset-link done', 'user.remove done'],
    ...['user.remove refused', 'token.create done', 'token.end done'],
  ])
})

it('C2 on the hub’s own machine nobody needs a token, and the log says that it was a command', async () => {
  const hub = await startHub()
  await administratorOf(hub)
  const environment = { VIGIE_DATA: hub.dataDirectory, VIGIE_LISTEN: new URL(hub.address).host }
  const { stdout, stderr } = await run(['user', 'add', 'bea@example.org'], environment)
  expect(stdout, stderr).toMatch(/welcome#invite_/)
  await run(['token', 'create', '--name', 'ci'], environment)
  const entries = await hub.store.db
    .$extendTables<{ audit_entry: { id: number; actor_kind: string; action: string } }>()
    .selectFrom('audit_entry')
    .select(['actor_kind', 'action'])
    .orderBy('id', 'desc')
    .limit(2)
    .execute()
  expect(entries).toEqual([
    { actor_kind: 'command', action: 'token.create' },
    { actor_kind: 'command', action: 'invite.create' },
  ])
  expect((await hub.tokens.list()).map(({ name }) => name)).toEqual(['ci'])
})
