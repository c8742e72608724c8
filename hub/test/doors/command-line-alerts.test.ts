// incidents and rules as people run them, on the files of a hub: real processes, their output and their exit status.
import { userInfo } from 'node:os'
import type { Incident } from '@vigie/shared/api/incident'
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { Episode, ReplayResult } from '@vigie/shared/api/rule-trial'
import { describe, expect, it, vi } from 'vitest'
import { TestRelay } from '../mail-relay.ts'
import { changes, sampleIncident, sampleNotice, sampleRule } from '../sample-alerts.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub } from '../test-hub.ts'
import { run } from './command.ts'

// Each test waits for several processes to start, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const HOUR_MS = 3_600_000

const busy: RuleDraft = {
  ...sampleRule,
  name: 'Busy',
  severity: 'warning',
  condition: {
    type: 'metric',
    metric: 'system.cpu.utilization',
    attributes: {},
    statistic: 'last',
    windowMs: 0,
    operator: '>',
    threshold: 0.8,
    clearAt: 0.5,
    forMs: 10_000,
    clearForMs: 0,
    onlyIfChanged: false,
  },
  recipients: ['ada@example.org', 'ops@example.org'],
  remindEveryMs: null,
}

/** A hub with a host that was busy for twenty seconds a while ago. */
async function hubWithPast() {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ name: 'web-1' })
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 300_000
  for (let second = 0; second < 120; second++) {
    const isBusy = second >= 30 && second < 50
    agent.tick(startMs + second * 1000, [isBusy ? 9000 : 1000, 500, 1000, 42])
  }
  await agent.acknowledged(agent.framesSent)
  const rule = await hub.store.rules.create(busy, Date.now(), 'busy')
  return { hub, startMs, rule, onFiles: { VIGIE_DATA: hub.dataDirectory, LANG: 'en_GB.UTF-8' } }
}

describe('vigie incidents', () => {
  it('says what is wrong and who has it, the most severe first, and what was wrong', async () => {
    const { hub, onFiles } = await hubWithPast()
    expect((await run(['incidents'], onFiles)).stdout).toBe('No incident is open.\n')
    const nowMs = Date.now()
    const at = (ageMs: number) => ({ sinceMs: nowMs - ageMs, firedMs: nowMs - ageMs + 30_000 })
    await hub.store.alerts.commit(
      changes({
        incidents: [
          sampleIncident(1001, {
            ...at(3 * HOUR_MS),
            severity: 'warning',
            state: 'acknowledged',
            owner: 'Ada\u001b[2J',
          }),
          sampleIncident(1002, at(HOUR_MS)),
          sampleIncident(1003, { ...at(2 * HOUR_MS), state: 'resolved', resolvedMs: nowMs }),
        ],
        notices: [sampleNotice(1002, { timeMs: nowMs })],
      }),
    )
    const { stdout, code } = await run(['incidents'], onFiles)
    expect(code).toBe(0)
    const [headings, first, second, ...rest] = stdout.trimEnd().split('\n')
    expect(headings).toMatch(/^ID +SEVERITY +WHAT +SINCE +STATE +MAIL$/)
    expect(first).toMatch(/^1002 +crisis +web-1 is down .* nobody has it +1 waits$/)
    expect(second).toMatch(/^1001 +warning +web-1 is down .* Ada ?\[2J has it +-$/)
    expect(rest).toEqual([])

    const all = await run(['incidents', '--all', '--json'], onFiles)
    const ids = (JSON.parse(all.stdout) as Incident[]).map(({ id }) => id)
    expect(ids.slice(0, 3)).toEqual([1003, 1002, 1001])
    const french = await run(['incidents', '--all', '--lang', 'fr'], onFiles)
    expect(french.stdout).toMatch(/1003 +crise +web-1 est en panne .* terminé, a duré 2.h/)
  })
})

describe('vigie rule', () => {
  it('lists rules as sentences', async () => {
    const { rule, onFiles } = await hubWithPast()
    const rules = JSON.parse((await run(['rule', 'list', '--json'], onFiles)).stdout) as Rule[]
    expect(rules).toContainEqual(rule)
    const said = (await run(['rule', 'list'], onFiles)).stdout.replaceAll('\u00a0', ' ')
    expect(said).toMatch(/warning +Busy +Mail ada@example.org and ops@example.org when .*80 %/)
    expect((await run(['rule', 'list', '--lang', 'fr'], onFiles)).stdout).toContain('Écrire à')
  })

  it('replays what is stored: when it would have fired, where, for how long, and its mails', async () => {
    const { rule, startMs, onFiles } = await hubWithPast()
    const { stdout, stderr, code } = await run(
      ['rule', 'replay', 'busy', '--last', '1h', '--json'],
      onFiles,
    )
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
    const episode: Episode = {
      hostId: 1,
      series: 'system.cpu.utilization',
      sinceMs: startMs + 30_000,
      firedMs: startMs + 40_000,
      resolvedMs: startMs + 50_000,
      worst: 0.9,
    }
    // It opens and resolves ten seconds later: a mail each, for two people.
    expect(JSON.parse(stdout) as Omit<ReplayResult, 'type'>).toEqual({
      episodes: [episode],
      mails: 4,
      isExact: true,
    })
    const said = (await run(['rule', 'replay', String(rule.id), '--last', '1h'], onFiles)).stdout
    expect(said.replaceAll('\u00a0', ' ')).toMatch(
      /^Busy: over 1 h it would have fired 1 time on 1 host, and sent 4 mails\.\n\nFIRED .*\n.* 10 s +web-1 +CPU.* 90 %/i,
    )
  })

  it('replays hosts of the fleet, for whom the hub would mail', async () => {
    const { hub, onFiles } = await hubWithPast()
    const ada = { locale: 'en', zone: 'UTC', isDefault: false, getsWeekly: false } as const
    await hub.store.recipients.put('Ada@example.org', ada)
    await hub.store.rules.create({ ...busy, name: 'For all', recipients: [] }, Date.now(), 'all')
    const replayed = async () => {
      const to = { ...onFiles, VIGIE_MAIL_TO: 'ada@example.org' }
      const { stdout } = await run(['rule', 'replay', 'all', '--last', '1h', '--json'], to)
      const { episodes, mails } = JSON.parse(stdout) as ReplayResult
      return [episodes.length, mails]
    }
    expect(await replayed()).toEqual([1, 0])
    await hub.store.db.updateTable('host').set({ retired_ms: 1 }).execute()
    expect(await replayed()).toEqual([0, 0])
  })

  it('says which rules are like the one that there is not', async () => {
    const { onFiles } = await hubWithPast()
    const { stderr, code } = await run(['rule', 'replay', 'bussy', '--last', '1h'], onFiles)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^vigie: there is no rule "bussy": did you mean busy, Busy\?\n$/)
  })
})

describe('vigie ack, silence, tag and mail test', () => {
  it.each([
    [['ack', 'x'], '"x" is not the number of an incident'],
    [['silence', 'web-1', '--for', 'long'], '--for is "long"'],
    [['silence', '--for', '2h'], 'say which machines'],
    [['silence', 'web-1', '--all', '--for', '2h'], 'say which machines'],
    [['silence', '--tag', 'a b', '--for', '2h'], '"a b" is not a tag'],
    [['tag', 'web-1', ''], '"" is not a tag'],
    [['mail', 'test', 'ops'], '"ops" is not an e-mail address'],
    [['mail', 'test', 'ops@example.org', '--wait', 'x'], '--wait is "x"'],
  ])('say what is wrong with %j', async (args, words) => {
    const { stderr, code } = await run(args, { VIGIE_DATA: '/nowhere' })
    expect(code).toBe(2)
    expect(stderr).toContain(`vigie: ${words}`)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  it('ask the hub that runs here, in the name of who is logged in, and leave no token', async () => {
    const relay = await TestRelay.start()
    const hub = await startHub({ smtpUrl: relay.url() })
    const { token } = await hub.enrolments.create({ name: 'web-1' })
    const agent = new TestAgent({ hub: hub.address, token })
    const { hostId } = await agent.enter()
    const { condition } = busy
    if (condition.type !== 'metric') throw new Error('not a metric')
    await hub.alerting.alerts.createRule({ ...busy, condition: { ...condition, forMs: 0 } })
    const nowMs = Math.floor(Date.now() / 1000) * 1000
    await agent.acknowledged(agent.tick(nowMs, [9000, 500, 1000, 42]))
    await vi.waitFor(() => expect(hub.alerting.board.open()).toHaveLength(1))
    const [incident] = hub.alerting.board.open()
    const here = { VIGIE_DATA: hub.dataDirectory, VIGIE_LISTEN: new URL(hub.address).host }

    const ack = await run(['ack', String(incident?.id), '--note', 'on it'], here)
    expect({ stderr: ack.stderr, code: ack.code }).toEqual({ stderr: '', code: 0 })
    expect(ack.stdout).toContain(`${userInfo().username} has it`)
    expect((await run(['ack', '999'], here)).stderr).toMatch(
      /refused: There is no incident 999\.\n$/,
    )

    const silence = ['silence', 'web-1', '--for', '2h', '--rule', 'busy', '--comment', 'new disk']
    expect((await run(silence, here)).stdout).toMatch(/^silence \d+, until .+\n$/)
    const [made] = hub.alerting.alerts.silencing.silences()
    expect(made).toMatchObject({
      scope: { type: 'hosts', hostIds: [hostId] },
      comment: 'new disk',
      createdBy: userInfo().username,
    })
    expect((made?.endsMs ?? 0) - (made?.startsMs ?? 0)).toBe(2 * HOUR_MS)

    const tagged = await run(['tag', 'web-1', 'web', 'site=paris'], here)
    expect(tagged.stdout).toBe('web-1: site=paris web\n')
    expect((await run(['tag', 'web-1'], here)).stdout).toBe('web-1: no tags\n')

    const tested = await run(['mail', 'test', 'grace@example.org'], here)
    expect({ stderr: tested.stderr, code: tested.code }).toEqual({ stderr: '', code: 0 })
    const lines = tested.stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(
      relay.taken.filter(({ to }) => to.includes('grace@example.org')).length,
    )
    for (const line of lines) expect(line).toMatch(/ {2}delivered {2}primary, \d+ ms: 250 /)
    expect(await hub.tokens.list()).toEqual([])
  })

  it('say what a relay answers that refuses, and what still waits', async () => {
    const relay = await TestRelay.start({ mood: 'refusingRecipient' })
    const hub = await startHub({ smtpUrl: relay.url() })
    const here = { VIGIE_DATA: hub.dataDirectory, VIGIE_LISTEN: new URL(hub.address).host }
    const refused = await run(['mail', 'test', 'ada@example.org'], here)
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(/^opened +refused {2}primary, \d+ ms: 550 /m)
    relay.mood = 'busy'
    const args = ['mail', 'test', 'ada@example.org', '--wait', '2s', '--lang', 'fr']
    const waits = await run(args, here)
    expect(waits.code).toBe(1)
    expect(waits.stdout).toMatch(/ attend .* 451 .*; nouvel essai à \d\d:\d\d:\d\d\n/)
  })

  it('want a hub that runs', async () => {
    const { hub, onFiles } = await hubWithPast()
    await hub.close()
    const { stderr, code } = await run(['ack', '1'], onFiles)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^vigie: the hub of .* does not run: start it, .*--hub\n$/)
  })
})
