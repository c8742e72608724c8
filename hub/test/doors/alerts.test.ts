// Alerts over HTTP against a real hub: rules, incidents, silences, windows, tags, and what the live socket tells.
import type { Incident, IncidentDetail, IncidentPage } from '@vigie/shared/api/incident'
import type { Rule, RuleDraft, RuleList } from '@vigie/shared/api/rule'
import type { Preview, ReplayLine } from '@vigie/shared/api/rule-trial'
import type { Maintenance, Silence } from '@vigie/shared/api/silence'
import type { LiveMessage } from '@vigie/shared/protocol/live'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { changes, resolved, sampleIncident } from '../sample-alerts.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory, type TestHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const HOUR_MS = 3_600_000

/** Fires with the first tick over 80 %, and is over with the first under 50 %. */
const busy: RuleDraft = {
  name: 'Busy',
  isEnabled: true,
  severity: 'crisis',
  condition: {
    type: 'metric',
    metric: 'system.cpu.utilization',
    attributes: {},
    statistic: 'last',
    windowMs: 0,
    operator: '>',
    threshold: 0.8,
    clearAt: 0.5,
    forMs: 0,
    clearForMs: 0,
    onlyIfChanged: false,
  },
  scope: { type: 'all' },
  recipients: ['ops@example.org'],
  remindEveryMs: null,
}

/** The text messages of a hub about incidents, as a browser or a program hears them. */
class Listener {
  readonly #heard: Extract<LiveMessage, { type: 'incidents' }>[] = []
  readonly #waiting = new Set<() => void>()

  constructor(hub: TestHub, token: string) {
    const headers = { authorization: `Bearer ${token}` }
    const socket = new WebSocket(`${hub.address.replace('http', 'ws')}/live`, ['vigie.live.1'], {
      headers,
    })
    onTestFinished(() => socket.terminate())
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const message = isBinary ? undefined : (JSON.parse(data.toString()) as LiveMessage)
      if (message?.type !== 'incidents') return
      this.#heard.push(message)
      for (const wake of this.#waiting) wake()
    })
  }

  /** The next message for which this holds; those before it are skipped. */
  async hears(
    isIt: (message: Extract<LiveMessage, { type: 'incidents' }>) => boolean = () => true,
  ) {
    for (;;) {
      const message = this.#heard.shift()
      if (message && isIt(message)) return message
      if (!message) await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }
}

async function fleetOfOne(options: Parameters<typeof startHub>[0] = {}) {
  const hub = await startHub(options)
  const person = await administratorOf(hub)
  const { token } = await hub.enrolments.create({ name: 'web-1' })
  const agent = new TestAgent({ hub: hub.address, token })
  const { hostId } = await agent.enter()
  let timeMs = Math.floor(Date.now() / 1000) * 1000 - 30_000
  /** The next second's CPU. */
  const tick = (ratio: number) => agent.acknowledged(agent.tick((timeMs += 1000), [ratio * 1e4, 500, 1000, 42])) // prettier-ignore
  const { token: script } = await hub.tokens.create({ name: 'script', role: 'viewer' })
  return { hub, person, hostId, tick, live: new Listener(hub, script), script }
}

async function withIncident() {
  const fleet = await fleetOfOne()
  const { person, live, tick } = fleet
  expect((await live.hears()).changed).toEqual([])
  const rule = (await person.post('/api/v1/rules', busy)).json() as Rule
  await tick(0.1)
  await tick(0.9)
  const { changed } = await live.hears((message) => message.changed.length > 0)
  const [incident] = changed
  if (!incident) throw new Error('no incident')
  return { ...fleet, rule, incident, path: `/api/v1/alerts/${incident.id}` }
}

const openOf = async (person: Visitor, query = ''): Promise<Incident[]> =>
  ((await person.get(`/api/v1/alerts${query}`)).json() as IncidentPage).items

describe('rules', () => {
  it('are there from the start, and people add, change and delete their own', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const keys = ((await person.get('/api/v1/rules')).json() as RuleList).items.map(
      ({ key }) => key,
    )
    expect(keys).toContain('host-down')
    const made = await person.post('/api/v1/rules', busy)
    expect(made.status).toBe(201)
    const rule = made.json() as Rule
    expect(rule).toMatchObject({ ...busy, key: null })
    const path = `/api/v1/rules/${rule.id}`
    const changed = await person.send('PUT', path, { body: { ...busy, severity: 'warning' } })
    expect(changed.json()).toMatchObject({ id: rule.id, severity: 'warning' })
    expect((await person.send('DELETE', path)).status).toBe(204)
    expect((await person.send('DELETE', path)).status).toBe(404)
    expect((await person.send('PUT', path, { body: busy })).status).toBe(404)
  })

  it('that make no sense are refused with a sentence a field, in the language of who wrote them', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const odd = { ...busy, condition: { ...busy.condition, clearAt: 0.95 } }
    const refused = await person.post('/api/v1/rules', odd)
    expect(refused.problem()).toMatchObject({
      status: 422,
      type: '/docs#draft-refused',
      errors: [{ field: 'body/condition/clearAt' }],
    })
    expect(refused.problem().detail).toContain('cannot be clear')
    const french = await person.post('/api/v1/rules', odd, { 'accept-language': 'fr-FR, en;q=0.5' })
    expect(french.problem().detail).toContain('ce n’est pas terminé')
    const unknown = await person.post('/api/v1/rules', { ...busy, condition: { type: 'moon' } })
    expect(unknown.problem().status).toBe(400)
  })

  it('are tried on what hosts measure now, by whoever may look', async () => {
    const { hub, tick, script, hostId } = await fleetOfOne()
    await tick(0.6)
    const visitor = new Visitor(hub)
    const headers = { authorization: `Bearer ${script}` }
    const tried = await visitor.post('/api/v1/rules/preview', { draft: busy }, headers)
    expect(tried.json() as Preview).toEqual({
      items: [{ hostId, series: 'system.cpu.utilization', value: 0.6, verdict: 'between' }],
    })
    expect((await visitor.post('/api/v1/rules', busy, headers)).status).toBe(403)
  })

  it('are replayed on what is stored, a line of progress at a time', async () => {
    const { person, tick, hostId } = await fleetOfOne()
    for (const ratio of [0.1, 0.9, 0.95, 0.2]) await tick(ratio)
    const toMs = Date.now()
    const body = { draft: busy, from: toMs - HOUR_MS, to: toMs }
    const answer = await person.post('/api/v1/rules/replay', body)
    expect(answer.headers['content-type']).toContain('application/x-ndjson')
    const lines = answer.text.trimEnd().split('\n')
    const [first, second, last, ...rest] = lines.map((line) => JSON.parse(line) as ReplayLine)
    expect([first, second]).toEqual([
      { type: 'progress', done: 0, total: 1 },
      { type: 'progress', done: 1, total: 1 },
    ])
    expect(last).toMatchObject({
      type: 'result',
      episodes: [{ hostId, series: 'system.cpu.utilization', worst: 0.95 }],
      isExact: true,
    })
    expect(rest).toEqual([])
    const backwards = await person.post('/api/v1/rules/replay', { ...body, from: toMs, to: 1 })
    expect(backwards.problem()).toMatchObject({ status: 400, errors: [{ field: 'body/from' }] })
  })
})

describe('incidents', () => {
  it('L7 are told as they open, are taken, and end', async () => {
    const { hub, person, incident, live, tick, script, path, hostId } = await withIncident()
    expect(incident).toMatchObject({
      severity: 'crisis',
      state: 'firing',
      hostId,
      hostName: 'web-1',
      series: 'system.cpu.utilization',
      value: 0.9,
      owner: null,
    })
    const late = await new Listener(hub, script).hears()
    expect(late.changed.map(({ id }) => id)).toEqual([incident.id])

    expect((await person.post(`${path}/acknowledge`, { note: 'on it' })).status).toBe(204)
    const taken = await live.hears(({ changed }) => changed[0]?.state === 'acknowledged')
    expect(taken.changed[0]?.owner).toBe('ada')
    await tick(0.2)
    await live.hears(({ removed }) => removed.includes(incident.id))
    expect(await openOf(person)).toEqual([])
    expect(await openOf(person, '?state=resolved')).toMatchObject([
      { id: incident.id, state: 'resolved', resolvedWhy: 'cleared' },
    ])
  })

  it('that are pending are found, and told of only when they fire', async () => {
    let aheadMs = 0
    const clock = { nowMs: () => Date.now(), elapsedMs: () => performance.now() + aheadMs }
    const { person, tick, live } = await fleetOfOne({ clock })
    const { condition } = busy
    if (condition.type !== 'metric') throw new Error('not a metric')
    await person.post('/api/v1/rules', { ...busy, condition: { ...condition, forMs: 15_000 } })
    await live.hears()
    for (let second = 0; second < 8; second++) await tick(0.9)
    // Of what does not last for five seconds nothing is written.
    aheadMs = 6000
    const isTold = async () => expect(await openOf(person, '?state=pending')).toHaveLength(1)
    await vi.waitFor(isTold, { timeout: 20_000 })
    expect(await openOf(person)).toEqual([])
    for (let second = 0; second < 8; second++) await tick(0.9)
    const { changed } = await live.hears((message) => message.changed.length > 0)
    expect(changed.map(({ state }) => state)).toEqual(['firing'])
    expect(await openOf(person, '?state=pending')).toEqual([])
  })

  it('are found by state, host and time, a page at a time', async () => {
    const { person, incident, hostId } = await withIncident()
    const idsOf = async (query: string) => (await openOf(person, query)).map(({ id }) => id)
    expect(await idsOf('')).toEqual([incident.id])
    expect(await idsOf(`?host=${hostId}`)).toEqual([incident.id])
    expect(await idsOf(`?host=${hostId + 1}`)).toEqual([])
    expect(await idsOf('?state=resolved')).toEqual([])
    expect(await idsOf(`?state=all&to=${incident.sinceMs}`)).toEqual([])
    expect(await idsOf(`?state=all&after=${incident.id}`)).toEqual([])
    expect(await idsOf('?state=pending')).toEqual([])
    for (const query of ['?after=12', '?state=all&after=c-1-1', '?state=odd', '?limit=0']) {
      expect((await person.get(`/api/v1/alerts${query}`)).status, query).toBe(400)
    }
  })

  it('keep what people say of them in their timeline', async () => {
    const { person, path, tick, live, incident } = await withIncident()
    await person.post(`${path}/acknowledge`, {})
    // Whoever has it keeps it, and nothing that is said is lost.
    await person.post(`${path}/acknowledge`, { note: 'me too' })
    await person.post(`${path}/hand-over`, { to: 'night shift', text: 'see the rack' })
    await person.post(`${path}/notes`, { text: 'a fan is loud' })
    const detail = (await person.get(path)).json() as IncidentDetail
    expect(detail.owner).toBe('night shift')
    const said = detail.timeline
      .filter(({ kind }) => !kind.startsWith('mail-'))
      .map(({ kind, who, text }) => [kind, who, text])
    expect(said).toEqual(
      expect.arrayContaining([
        ['acknowledged', 'ada', null],
        ['note', 'ada', 'me too'],
        ['handed-over', 'ada', expect.stringContaining('see the rack')],
        ['note', 'ada', 'a fan is loud'],
      ]),
    )
    await tick(0.2)
    await live.hears(({ removed }) => removed.includes(incident.id))
    expect((await person.post(`${path}/acknowledge`, {})).problem()).toMatchObject({
      status: 409,
      type: '/docs#incident-over',
    })
    expect((await person.post(`${path}/notes`, { text: 'it was dust' })).status).toBe(204)
  })

  it('that came to nothing, or are kept no more, take no notes', async () => {
    const dataDirectory = await tempDirectory()
    const before = await startHub({ dataDirectory })
    await before.store.alerts.commit(changes({ incidents: [sampleIncident(41, resolved(40_000))] }))
    await before.close()
    const hub = await startHub({ dataDirectory })
    const person = await administratorOf(hub)
    const note = (id: number) => person.post(`/api/v1/alerts/${id}/notes`, { text: 'it was dust' })
    expect((await note(41)).status).toBe(204)
    expect((await note(40)).status).toBe(404)
    expect(await hub.store.alerts.entries(40)).toEqual([])
  })

  it('that are none are not found', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    expect((await person.get('/api/v1/alerts/7')).problem().detail).toBe('There is no incident 7.')
    expect((await person.post('/api/v1/alerts/7/acknowledge', {})).status).toBe(404)
    expect((await person.post('/api/v1/alerts/7/notes', { text: '' })).status).toBe(400)
  })
})

describe('silences', () => {
  it('begin, are listed and end, and say so on what they cover', async () => {
    const { person, hostId, incident, live } = await withIncident()
    const nowMs = Date.now()
    const draft = {
      scope: { type: 'hosts', hostIds: [hostId] },
      ruleIds: [],
      startsMs: nowMs,
      endsMs: nowMs + HOUR_MS,
      comment: 'new disk',
    }
    const made = await person.post('/api/v1/silences', draft)
    expect(made.status).toBe(201)
    const silence = made.json() as Silence
    expect(silence).toMatchObject({ ...draft, createdBy: 'ada' })
    await live.hears(({ changed }) => changed[0]?.isSilenced === true)
    expect((await person.get('/api/v1/silences')).json()).toEqual({ items: [silence] })
    const path = `/api/v1/silences/${silence.id}`
    expect((await person.send('DELETE', path)).status).toBe(204)
    await live.hears(({ changed }) => changed[0]?.id === incident.id && !changed[0].isSilenced)
    expect((await person.send('DELETE', path)).status).toBe(404)
    expect((await person.get('/api/v1/silences')).json()).toEqual({ items: [] })
  })

  it('that are over already are refused in words', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const draft = { scope: { type: 'all' }, ruleIds: [], startsMs: 1000, endsMs: 2000, comment: '' }
    const past = await person.post('/api/v1/silences', draft)
    expect(past.problem()).toMatchObject({ status: 422, errors: [{ field: 'body/endsMs' }] })
    const backwards = await person.post('/api/v1/silences', { ...draft, startsMs: 3000 })
    expect(backwards.problem().detail).toBe('A silence ends after it begins.')
  })
})

describe('maintenance windows', () => {
  it('are kept with the one that comes next, or refused in words', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const draft = {
      scope: { type: 'tags', tags: ['db'] },
      ruleIds: [],
      name: 'Backups',
      cron: '30 2 * * *',
      durationMs: HOUR_MS,
      zone: 'Europe/Paris',
      isEnabled: true,
    }
    const made = await person.post('/api/v1/maintenance', draft)
    expect(made.status).toBe(201)
    const { id, next } = made.json() as Maintenance
    expect((next?.endsMs ?? 0) - (next?.startsMs ?? 0)).toBe(HOUR_MS)
    const path = `/api/v1/maintenance/${id}`
    const changed = await person.send('PUT', path, { body: { ...draft, name: 'Dumps' } })
    expect(changed.json()).toMatchObject({ id, name: 'Dumps' })
    const bad = (change: object) => person.send('PUT', path, { body: { ...draft, ...change } })
    expect((await bad({ cron: '61 2 * * *' })).problem()).toMatchObject({
      status: 422,
      errors: [{ field: 'body/cron' }],
    })
    expect((await bad({ zone: 'Europe/Atlantis' })).problem()).toMatchObject({
      status: 422,
      errors: [{ field: 'body/zone' }],
    })
    expect((await person.send('DELETE', path)).status).toBe(204)
    expect((await person.get('/api/v1/maintenance')).json()).toEqual({ items: [] })
    expect((await person.send('PUT', path, { body: draft })).status).toBe(404)
  })
})

describe('tags', () => {
  it('are replaced, and stay after a restart', async () => {
    const { hub, person, hostId } = await fleetOfOne()
    const path = `/api/v1/hosts/${hostId}/tags`
    const tagged = await person.send('PUT', path, { body: { tags: ['web', 'site=paris', 'web'] } })
    expect(tagged.json()).toMatchObject({ id: hostId, tags: ['site=paris', 'web'] })
    expect((await person.get(`/api/v1/hosts/${hostId}`)).json()).toMatchObject({
      tags: ['site=paris', 'web'],
    })
    const bad = await person.send('PUT', path, { body: { tags: ['two words'] } })
    expect(bad.status).toBe(400)
    const none = await person.send('PUT', '/api/v1/hosts/99/tags', { body: { tags: [] } })
    expect(none.status).toBe(404)
    await hub.close()
    const again = await startHub({ dataDirectory: hub.dataDirectory })
    expect(again.fleet.list()).toMatchObject([{ tags: ['site=paris', 'web'] }])
  })
})
