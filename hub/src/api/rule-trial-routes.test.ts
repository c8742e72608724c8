// The stream of a replay on a real socket: how many run at once, and that one ends with whoever asked for it.
import type { RuleDraft } from '@vigie/shared/api/rule'
import type { ReplayLine } from '@vigie/shared/api/rule-trial'
import Fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { createHostGuard } from '../http/host-guard.ts'
import { NOBODY } from '../http/gate.ts'
import { httpPlugin } from '../http/plugin.ts'
import type { Replay } from './alert-ports.ts'
import { addRuleTrialRoutes } from './rule-trial-routes.ts'

const draft: RuleDraft = {
  name: 'Down',
  isEnabled: true,
  severity: 'crisis',
  condition: { type: 'down', graceMs: 30_000, stoppedGraceMs: null },
  scope: { type: 'all' },
  recipients: [],
  remindEveryMs: null,
}

async function serve(replay: Replay) {
  const app = Fastify()
  onTestFinished(() => app.close())
  const guard = createHostGuard({ host: '127.0.0.1', publicUrl: undefined })
  await app.register(httpPlugin, { guard, gate: () => Promise.resolve(NOBODY) })
  const rules = {
    list: () => [],
    create: () => Promise.reject(new Error('nobody asked')),
    change: () => Promise.resolve(undefined),
    delete: () => Promise.resolve(false),
    preview: () => [],
  }
  addRuleTrialRoutes(app, { rules, replay })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return (signal?: AbortSignal): Promise<Response> =>
    fetch(`${address}/rules/replay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ draft, from: 0, to: 1000 }),
      ...(signal && { signal }),
    })
}

it('runs two at once, and has room again when one ends with whoever asked for it', async () => {
  const ends: Promise<void>[] = []
  const ask = await serve(async function* ({ signal }) {
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    ends.push(ended)
    yield { type: 'progress', done: 0, total: 1 }
    await ended
  })
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const first = new AbortController()
  expect((await ask(first.signal)).status).toBe(200)
  expect((await ask(leaving.signal)).status).toBe(200)
  const third = await ask()
  expect(third.status).toBe(429)
  expect(await third.json()).toMatchObject({ type: '/docs#too-many-requests' })
  first.abort()
  await ends[0]
  expect((await ask(leaving.signal)).status).toBe(200)
})

it('says in its last line that it could not be carried through', async () => {
  // eslint-disable-next-line @typescript-eslint/require-await
  const ask = await serve(async function* () {
    yield { type: 'progress', done: 0, total: 1 }
    throw new Error('the disk is gone')
  })
  const lines = (await (await ask()).text()).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as ReplayLine)).toEqual([
    { type: 'progress', done: 0, total: 1 },
    { type: 'failed', detail: 'The hub failed; its log says why.' },
  ])
})
