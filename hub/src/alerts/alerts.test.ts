// From ticks to incidents and notices, on a real database (docs/alerts.md); each test names its rules.
import { draftProblems } from '@vigie/shared/alerts/draft-problems'
import { RuleDraft } from '@vigie/shared/api/rule'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { BEGIN_MS, downRule, driveAlerts, LOAD, loadRule, OPS } from '../../test/driven-alerts.ts'
import { DEFAULT_RULES } from './default-rules.ts'

const opened = `1 opened ${OPS}`
const resolved = `1 resolved ${OPS}`

it('a hub begins with the default rules, once: what was changed or deleted stays so', async () => {
  const hub = await driveAlerts({ rules: [], defaultRules: DEFAULT_RULES })
  const [first, second] = hub.alerts.rules()
  expect(hub.alerts.rules().map(({ key }) => key)).toEqual(DEFAULT_RULES.map(({ key }) => key))
  await hub.alerts.deleteRule(first?.id ?? 0)
  await hub.alerts.changeRule(second?.id ?? 0, loadRule())
  await hub.restart()
  expect(hub.alerts.rules().map(({ key, name }) => (key === second?.key ? name : key))).toEqual([
    'Load',
    ...DEFAULT_RULES.slice(2).map(({ key }) => key),
  ])
})

it('every default rule makes sense, and watches what agents send', () => {
  for (const { key, draft } of DEFAULT_RULES) {
    expect(draftProblems(draft, 'en'), key).toEqual([])
    expect(Value.Check(RuleDraft, draft), key).toBe(true)
  }
})

it('A2 A3 N1 fires after its duration, with a notice for each recipient', async () => {
  const hub = await driveAlerts({
    rules: [loadRule({}, { recipients: [OPS, 'ada@example.org'] })],
    defaultRecipients: ['nobody@example.org', 'webhook'],
  })
  hub.hold(11, 10_000)
  expect((await hub.incidents()).map(({ state }) => state)).toEqual(['pending'])
  hub.hold(12, 1000)
  const [incident] = await hub.incidents()
  expect(incident).toMatchObject({
    id: 1,
    kind: 'incident',
    severity: 'crisis',
    hostId: 1,
    series: LOAD,
    state: 'firing',
    sinceMs: BEGIN_MS + 1000,
    firedMs: BEGIN_MS + 11_000,
    value: 12,
    worst: 12,
    rule: { id: 1, key: null, name: 'Load' },
  })
  expect(await hub.notices()).toEqual([opened, '1 opened ada@example.org', '1 opened webhook'])
})

it('N1 a rule that names nobody is told to everybody who is mailed by default', async () => {
  const hub = await driveAlerts({
    rules: [loadRule({ forMs: 0 }, { recipients: [] })],
    defaultRecipients: ['a@example.org', 'webhook'],
  })
  hub.hold(11, 1000)
  expect(await hub.notices()).toEqual(['1 opened a@example.org', '1 opened webhook'])
})

it('N1 an address that is written in two ways is told once, as those who are mailed by default are', async () => {
  const hub = await driveAlerts({
    rules: [loadRule({ forMs: 0 }, { recipients: ['Ada@Example.org', 'OPS@example.org', 'ops@example.ORG'] })], // prettier-ignore
    defaultRecipients: [OPS, 'webhook'],
  })
  hub.hold(11, 1000)
  expect(await hub.notices()).toEqual(['1 opened Ada@Example.org', opened, '1 opened webhook'])
})

it('A4 N2 resolves when it is clear, and who heard of its opening hears of that', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ clearForMs: 3000 })] })
  hub.hold(11, 11_000)
  hub.hold(30, 1000)
  hub.hold(7, 10_000)
  expect(await hub.notices()).toEqual([opened])
  hub.hold(5, 4000)
  const [incident] = await hub.incidents()
  expect(incident).toMatchObject({ state: 'resolved', resolvedWhy: 'cleared', worst: 30 })
  expect(incident?.resolvedMs).toBe(hub.clock.nowMs())
  expect(await hub.notices()).toEqual([opened, resolved])
  expect((await hub.store.alerts.entries(1)).map(({ kind }) => kind)).toEqual([
    'pending',
    'fired',
    'resolved',
  ])
})

it('A1 a greatest value is beyond in the first minute of a hub, and clear when that was watched', async () => {
  const kills = { statistic: 'max', windowMs: 60_000, threshold: 0, clearAt: 0, forMs: 0 } as const
  const hub = await driveAlerts({ rules: [loadRule(kills), loadRule({ ...kills, operator: '<' })] })
  hub.hold(0, 5000)
  hub.hold(1, 1000)
  hub.hold(0, 30_000)
  expect(await hub.incidents()).toMatchObject([
    { state: 'firing', firedMs: BEGIN_MS + 6000, value: 1 },
  ])
  hub.hold(0, 30_000)
  expect(await hub.incidents()).toMatchObject([{ state: 'resolved' }])
})

it('A8 a value that flaps writes nothing; what has lasted five seconds is written, and forgotten', async () => {
  const hub = await driveAlerts({ rules: [loadRule()] })
  for (let times = 0; times < 20; times++) {
    hub.hold(11, 4000)
    hub.hold(1, 1000)
  }
  expect(await hub.store.alerts.lastId()).toBe(0)
  hub.hold(11, 7000)
  await hub.alerts.flush()
  expect(await hub.store.alerts.lastId()).toBe(1)
  hub.hold(1, 1000)
  expect(await hub.incidents()).toEqual([])
})

it('A8 nothing fires anew after a restart, and who was told is told the end', async () => {
  const hub = await driveAlerts({ rules: [loadRule()] })
  hub.hold(11, 7000)
  await hub.restart(1000)
  hub.hold(11, 3000)
  const [incident] = await hub.incidents()
  expect(incident).toMatchObject({ id: 1, state: 'firing', sinceMs: BEGIN_MS + 1000 })
  await hub.restart(1000)
  hub.hold(11, 5000)
  expect(await hub.notices()).toEqual([opened])
  hub.hold(1, 2000)
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('A5 a machine that flaps is one long incident, after a restart too', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })] })
  for (let times = 0; times < 3; times++) {
    hub.hold(11, 1000)
    hub.hold(1, 1000)
    if (times === 1) await hub.restart(0)
  }
  expect(await hub.incidents()).toMatchObject([{ state: 'resolved' }, { state: 'firing' }])
  hub.hold(1, 60_000)
  expect(await hub.incidents()).toMatchObject([{ state: 'resolved' }, { state: 'resolved' }])
})

it('A6 a series that has left the table for ten minutes resolves its incident as gone', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })] })
  hub.hold(11, 2000)
  hub.pass(599_000, () => hub.tick({ 'test.other': 1 }))
  expect(await hub.notices()).toEqual([opened])
  hub.pass(2000, () => hub.tick({ 'test.other': 1 }))
  expect(await hub.incidents()).toMatchObject([{ resolvedWhy: 'gone' }])
})

it.each([
  ['another metric', loadRule({ metric: 'test.other' })],
  ['switched off', loadRule({}, { isEnabled: false })],
  ['another host', loadRule({}, { scope: { type: 'hosts', hostIds: [2] } })],
] as const)('A9 ends what a rule no longer means: %s', async (_, draft) => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })], hosts: 2 })
  hub.hold(11, 2000)
  await hub.alerts.changeRule(1, draft)
  expect(await hub.incidents()).toMatchObject([{ resolvedWhy: 'rule-changed' }])
  hub.hold(11, 5000)
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('A9 machines go on under new words; a deleted rule leaves nothing to the next one', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })] })
  hub.hold(11, 2000)
  await hub.alerts.changeRule(1, loadRule({ threshold: 100, clearAt: 12 }))
  hub.hold(11, 2000)
  expect(await hub.incidents()).toMatchObject([{ state: 'resolved', resolvedWhy: 'cleared' }])
  await hub.alerts.deleteRule(1)
  await hub.alerts.createRule(loadRule({ onlyIfChanged: true, forMs: 0 }))
  hub.hold(11, 2000)
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('A9 follows the tags of hosts', async () => {
  const rule = loadRule({ forMs: 0 }, { scope: { type: 'tags', tags: ['web'] } })
  const hub = await driveAlerts({ rules: [rule] })
  hub.hold(11, 2000)
  expect(await hub.incidents()).toEqual([])
  hub.fleet.tagged(1, ['db', 'web'])
  hub.hold(11, 2000)
  expect(await hub.incidents()).toMatchObject([{ state: 'firing' }])
  hub.fleet.tagged(1, ['db'])
  hub.hold(11, 1000)
  expect(await hub.incidents()).toMatchObject([{ resolvedWhy: 'rule-changed' }])
})

it('A9 ends at the start what a rule stopped to mean while the hub was away', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 }), downRule()] })
  hub.hold(11, 2000)
  await hub.stop()
  await hub.store.rules.delete(1)
  await hub.restart()
  expect(await hub.incidents()).toMatchObject([{ resolvedWhy: 'rule-changed' }])
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('A10 a clock that is set back makes nothing blind', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })] })
  hub.hold(11, 5000)
  hub.clock.set(BEGIN_MS - 3_600_000)
  hub.hold(1, 5000)
  expect(await hub.incidents()).toMatchObject([{ state: 'resolved' }])
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('N3 N4 reminds while nobody has it, and an acknowledgement stays', async () => {
  const rule = loadRule({ forMs: 0 }, { remindEveryMs: 300_000 })
  const hub = await driveAlerts({ rules: [rule] })
  hub.hold(11, 302_000)
  const reminder = `1 reminder ${OPS}`
  expect(await hub.notices()).toEqual([opened, reminder])
  await hub.restart()
  hub.hold(11, 290_000)
  expect(await hub.notices()).toEqual([opened, reminder])
  expect(await hub.alerts.acknowledge(1, { by: 'ada', note: 'on it' })).toBe('done')
  expect(await hub.alerts.acknowledge(1, { by: 'bob' })).toBe('already')
  hub.hold(11, 400_000)
  hub.hold(7, 10_000)
  await hub.restart()
  hub.hold(11, 400_000)
  expect(await hub.incidents()).toMatchObject([{ state: 'acknowledged', owner: 'ada' }])
  expect(await hub.alerts.handOver(1, { by: 'ada', to: 'bob', text: 'yours' })).toBe('done')
  expect(hub.alerts.open()).toMatchObject([{ owner: 'bob' }])
  expect(await hub.notices()).toEqual([opened, reminder])
  hub.hold(1, 2000)
  expect(await hub.alerts.acknowledge(1, { by: 'bob' })).toBe('over')
  expect(await hub.alerts.acknowledge(99, { by: 'bob' })).toBe('unknown')
  expect(await hub.alerts.addNote(1, { by: 'bob', text: 'a loop' })).toBe('done')
  expect((await hub.store.alerts.entries(1)).map(({ kind, who }) => `${kind} ${who}`)).toEqual([
    'fired null',
    'acknowledged ada',
    'handed-over ada',
    'resolved null',
    'note bob',
  ])
})

it('C5 N3 reminds whom the rule means now, and tells who has taken over that it began', async () => {
  const rule = loadRule({ forMs: 0 }, { remindEveryMs: 300_000, recipients: [] })
  const everybody = ['ada@example.org', 'grace@example.org']
  const hub = await driveAlerts({ rules: [rule], defaultRecipients: everybody })
  hub.hold(11, 2000)
  everybody.splice(0, 1, 'bob@example.org')
  hub.hold(11, 600_000)
  hub.hold(1, 2000)
  expect(await hub.notices()).toEqual([
    '1 opened ada@example.org',
    '1 opened grace@example.org',
    '1 reminder grace@example.org',
    '1 opened bob@example.org',
    '1 reminder grace@example.org',
    '1 reminder bob@example.org',
    '1 resolved ada@example.org',
    '1 resolved grace@example.org',
    '1 resolved bob@example.org',
  ])
  const waiting = await hub.store.notices.waiting()
  const removed = waiting.filter((notice) => !hub.alerts.holds.isMeant(notice))
  expect(removed.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
    'opened ada@example.org',
    'resolved ada@example.org',
  ])
})

it('C5 who is told by default stays meant; of a rule that is gone, whoever was told', async () => {
  const everybody = ['ada@example.org']
  const hub = await driveAlerts({
    rules: [loadRule({ forMs: 0 }, { recipients: [OPS] })],
    defaultRecipients: everybody,
  })
  const isMeant = async (): Promise<boolean[]> =>
    (await hub.store.notices.waiting()).map((notice) => hub.alerts.holds.isMeant(notice))
  hub.hold(11, 1000)
  await hub.alerts.changeRule(1, loadRule({ forMs: 0 }, { recipients: ['Ada@example.org'] }))
  await hub.alerts.flush()
  expect(await isMeant()).toEqual([false])
  everybody.push(OPS)
  expect(await isMeant()).toEqual([true])
  everybody.splice(0)
  await hub.alerts.deleteRule(1)
  await hub.alerts.flush()
  expect(await isMeant()).toEqual([true, true])
})

it('keeps the processes of the minute before: as it becomes pending, and as it fires', async () => {
  const hub = await driveAlerts({
    rules: [loadRule()],
    recentSnapshots: () => [{ timeMs: BEGIN_MS - 5000 }, { timeMs: hub.clock.nowMs() - 500 }],
  })
  hub.hold(11, 11_000)
  await hub.alerts.flush()
  expect(await hub.store.alerts.snapshots(1)).toEqual([
    { timeMs: BEGIN_MS - 5000 },
    { timeMs: BEGIN_MS + 5500 },
    { timeMs: BEGIN_MS + 10_500 },
  ])
})

it('tells who listens what is open and what is not any more, once it is committed', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })] })
  const heard: string[] = []
  hub.alerts.onChange((changed, closedIds) =>
    heard.push(
      `${changed.map(({ id, state }) => `${id} ${state}`).join()} closed ${closedIds.join()}`,
    ),
  )
  hub.hold(11, 1000)
  expect(heard).toEqual([])
  await hub.alerts.flush()
  hub.hold(1, 1000)
  await hub.alerts.flush()
  expect(heard).toEqual(['1 firing closed ', ' closed 1'])
  expect(hub.alerts.open()).toEqual([])
  expect(await hub.registry.getSingleMetricAsString('vigie_incidents_open')).toMatch(/"crisis"} 0/)
})

it('says what a rule that is not kept would see now', async () => {
  const hub = await driveAlerts({ rules: [downRule()], hosts: 2 })
  hub.tick({ [LOAD]: 11 })
  hub.tick({ [LOAD]: 7 }, 2)
  expect(hub.alerts.preview(loadRule())).toEqual([
    { hostId: 1, series: LOAD, value: 11, verdict: 'beyond' },
    { hostId: 2, series: LOAD, value: 7, verdict: 'between' },
  ])
  expect(hub.alerts.preview(downRule({ scope: { type: 'hosts', hostIds: [2] } }))).toEqual([
    { hostId: 2, series: '', value: 0, verdict: 'clear' },
  ])
})
