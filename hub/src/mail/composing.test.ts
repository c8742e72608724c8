// From notices to mails on a real database, by a clock that the test drives (docs/alerts.md, C1-C6 and L3).
import type { Locale } from '@vigie/shared/format/locale'
import { describe, expect, it } from 'vitest'
import { drivenComposer, factsOf, OPS, START_MS } from '../../test/driven-composer.ts'
import { resolved, sampleIncident } from '../../test/sample-alerts.ts'
import type { MailRecipient, OutboxMail } from './ports.ts'

const HOUR_MS = 3_600_000

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

const named = (mails: readonly OutboxMail[], host: number): boolean =>
  mails.some(({ text }) => new RegExp(`web-${host}\\b`).test(text))

describe('gathering', () => {
  it('C1: a recipient’s notices are one mail, two seconds after the first of them', async () => {
    const hub = await drivenComposer()
    await hub.open([1])
    await hub.pass(1500)
    await hub.open([2])
    await hub.pass(499)
    expect(await hub.mails()).toEqual([])
    await hub.pass(1)
    const mails = await hub.mails()
    expect(mails.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['group', 'Crisis: web-1 is down, web-2 is down'],
    ])
    expect(hub.state.composed).toBe(1)
  })

  it('C1: each recipient has a mail of its own, in which the webhook is one like another', async () => {
    const hub = await drivenComposer()
    await hub.commit({
      incidents: [sampleIncident(1)],
      notices: [OPS, 'ada@example.org', 'webhook'].map((recipient) => hub.notice(1, { recipient })),
    })
    await hub.pass(2000)
    const mails = await hub.mails()
    expect(mails.map(({ channel, recipient }) => [channel, recipient])).toEqual([
      ['mail', OPS],
      ['mail', 'ada@example.org'],
      ['webhook', 'webhook'],
    ])
    expect(JSON.parse(mails[2]?.text ?? '')).toMatchObject({ notices: [{ kind: 'opened' }] })
    expect(mails[2]?.html).toBeNull()
  })

  it('C1: a thousand incidents within seconds are three mails at most, within a minute, naming all', async () => {
    const hub = await drivenComposer()
    await hub.open(range(1, 5))
    await hub.pass(2500)
    for (let first = 6; first <= 1000; first += 199) {
      await hub.open(range(first, Math.min(1000, first + 198)))
      await hub.pass(1500)
    }
    await hub.pass(45_000)
    const mails = await hub.mails()
    expect(mails.length).toBeLessThanOrEqual(3)
    for (const host of range(1, 1000)) expect(named(mails, host)).toBe(true)
    expect(await hub.store.notices.waiting()).toEqual([])
  })

  it('C1: a storm that does not end is told after 20 s, and the next mail waits 20 s more', async () => {
    const hub = await drivenComposer()
    for (let second = 0; second < 30; second++) {
      await hub.open(range(second * 20 + 1, second * 20 + 20))
      await hub.pass(1000)
    }
    expect(await hub.mails()).toHaveLength(1)
    await hub.pass(9999)
    expect(await hub.mails()).toHaveLength(1)
    await hub.pass(1)
    expect(await hub.mails()).toHaveLength(2)
  })

  it('what came and went before its mail is one mail that tells its end', async () => {
    const hub = await drivenComposer()
    await hub.open([1])
    await hub.resolve([1])
    await hub.pass(2000)
    const [mail, ...others] = await hub.mails()
    expect(others).toEqual([])
    expect(mail?.kind).toBe('resolved')
  })

  it('tells nothing twice when the hub starts anew', async () => {
    const hub = await drivenComposer()
    await hub.open([1])
    await hub.pass(1000)
    hub.restart()
    await hub.pass(2000)
    hub.restart()
    await hub.pass(60_000)
    expect(await hub.mails()).toHaveLength(1)
  })
})

describe('what is held back', () => {
  it('C2: a notice waits for the end of its silence', async () => {
    const hub = await drivenComposer()
    hub.silenced.add(1)
    await hub.open([1])
    await hub.pass(HOUR_MS)
    expect(await hub.mails()).toEqual([])
    hub.silenced.delete(1)
    await hub.pass(4000)
    expect(await hub.mails()).toHaveLength(1)
  })

  it('C2: a pair that both waited for a silence is withheld, and the end of what was told is not', async () => {
    const hub = await drivenComposer()
    await hub.open([1])
    await hub.pass(2000)
    hub.silenced.add(1).add(2)
    await hub.open([2])
    await hub.pass(10_000)
    await hub.resolve([1, 2])
    await hub.pass(10_000)
    hub.silenced.clear()
    await hub.pass(4000)
    const subjects = (await hub.mails()).map(({ subject }) => subject)
    expect(subjects).toHaveLength(2)
    expect(subjects[1]).toMatch(/^Over: web-1, down for /)
    expect(await hub.store.notices.waiting()).toEqual([])
    expect((await hub.store.alerts.entries(2)).map(({ kind }) => kind)).toContain('mail-withheld')
  })

  it('C3: a folded pair is withheld, also when the return of the last host ends the fold', async () => {
    const hub = await drivenComposer()
    await hub.open([9], {
      kind: 'lost-sight',
      hostId: null,
      detail: { hostIds: [1, 2], hosts: [] },
    })
    hub.folded.add(1).add(2)
    await hub.open([1, 2], { foldedInto: 9 })
    await hub.pass(5000)
    expect((await hub.mails()).map(({ subject }) => subject)).toEqual([
      'Crisis: The hub lost sight of 2 hosts',
    ])
    await hub.resolve([1], { foldedInto: 9 })
    await hub.pass(1000)
    hub.folded.clear()
    await hub.pass(4000)
    const mails = await hub.mails()
    expect(mails).toHaveLength(2)
    expect(mails[1]?.subject).toBe('Crisis: web-2 is down')
  })

  it('C5: what waits for somebody who is told no more is withheld, and the ledger says why', async () => {
    const hub = await drivenComposer()
    const [ada, grace] = ['ada@example.org', 'grace@example.org']
    const notices = (kind: 'opened' | 'resolved') =>
      [ada, grace].map((recipient) => hub.notice(1, { kind, recipient }))
    await hub.commit({ incidents: [sampleIncident(1)], notices: notices('opened') })
    await hub.pass(2000)
    hub.removed.add(ada)
    const over = sampleIncident(1, resolved(hub.clock.nowMs()))
    await hub.commit({ incidents: [over], notices: notices('resolved') })
    await hub.pass(2000)
    const mails = await hub.mails()
    expect(mails.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
      `opened ${ada}`,
      `opened ${grace}`,
      `resolved ${grace}`,
    ])
    const story = await hub.store.alerts.entries(1)
    expect(story.filter(({ kind }) => kind === 'mail-withheld')).toMatchObject([
      { who: ada, text: 'removed' },
    ])
  })

  it('L3: late notices wait until no backlog arrives, and are one mail', async () => {
    const hub = await drivenComposer()
    hub.state.isCatchingUp = true
    const late = { kind: 'late', ...resolved(START_MS - 1000) } as const
    await hub.open([1], late)
    await hub.pass(300_000)
    await hub.open([2], late)
    await hub.open([3])
    await hub.pass(10_000)
    expect((await hub.mails()).map(({ kind }) => kind)).toEqual(['opened'])
    hub.state.isCatchingUp = false
    await hub.pass(4000)
    const mails = await hub.mails()
    expect(mails.map(({ kind }) => kind)).toEqual(['opened', 'late'])
    expect(named(mails.slice(1), 1) && named(mails.slice(1), 2)).toBe(true)
  })

  it('L3: for ten minutes at most', async () => {
    const hub = await drivenComposer()
    hub.state.isCatchingUp = true
    await hub.open([1], { kind: 'late', ...resolved(START_MS - 1000) })
    await hub.pass(590_000)
    expect(await hub.mails()).toEqual([])
    await hub.pass(15_000)
    expect(await hub.mails()).toHaveLength(1)
  })
})

describe('the cap of an hour', () => {
  it('C4: its last mail says so; what waits after it is one summary as soon as there is room', async () => {
    const hub = await drivenComposer({ perHour: 3 })
    for (const id of range(1, 6)) {
      await hub.open([id])
      await hub.pass(10_000)
    }
    const [, second, third, ...more] = await hub.mails()
    expect(more).toEqual([])
    expect(second?.text).not.toContain('the last of')
    expect(third?.text).toContain('This is the last of 3 mails within an hour')
    await hub.pass(HOUR_MS - 50_000)
    const [, , , summary, ...others] = await hub.mails()
    expect(others).toEqual([])
    expect(summary?.kind).toBe('summary')
    for (const host of [4, 5, 6])
      expect(
        named(
          [summary].filter((mail) => mail !== undefined),
          host,
        ),
      ).toBe(true)
    expect(await hub.store.notices.waiting()).toEqual([])
  })

  it('C4: another recipient is not held back by it', async () => {
    const hub = await drivenComposer({ perHour: 1 })
    await hub.open([1])
    await hub.pass(2000)
    await hub.commit({
      incidents: [sampleIncident(2, { hostId: 2 })],
      notices: [OPS, 'ada@example.org'].map((recipient) => hub.notice(2, { recipient })),
    })
    await hub.pass(2000)
    expect((await hub.mails()).map(({ recipient }) => recipient)).toEqual([OPS, 'ada@example.org'])
  })
})

describe('a mail', () => {
  it('C5: is in the language that its recipient has as it is composed', async () => {
    const people = new Map<string, Locale>([[OPS, 'en']])
    const find = (address: string): MailRecipient => ({
      address,
      locale: people.get(address) ?? 'en',
      zone: 'Europe/Paris',
      getsWeekly: false,
    })
    const hub = await drivenComposer({ letters: { recipients: { find, list: () => [] } } })
    await hub.open([1])
    await hub.pass(1000)
    people.set(OPS, 'fr')
    await hub.pass(1000)
    expect((await hub.mails())[0]?.subject).toBe('Crise\u00a0: web-1 est en panne')
  })

  it('C6: follows the first one about its incident, whichever mail that was in', async () => {
    const hub = await drivenComposer()
    await hub.open([1, 2])
    await hub.pass(3000)
    await hub.commit({ incidents: [], notices: [hub.notice(1, { kind: 'reminder' })] })
    await hub.pass(3000)
    await hub.resolve([1])
    await hub.pass(3000)
    const [first, reminder, end] = await hub.mails()
    expect(first?.references).toEqual([])
    expect(reminder?.references).toEqual([first?.messageId])
    expect(end?.references).toEqual([first?.messageId])
    expect(new Set([first, reminder, end].map((mail) => mail?.messageId)).size).toBe(3)
    expect(first?.messageId).toMatch(/^<[^<>\s]+@example\.org>$/)
  })

  it('goes without pictures that fail or take too long', async () => {
    const chart = {
      series: 'system.uptime',
      fromMs: 0,
      stepMs: 1000,
      values: [1],
      threshold: null,
      markMs: null,
    }
    const incident = factsOf(sampleIncident(1))
    const hub = await drivenComposer({
      letters: {
        incidents: {
          facts: () => Promise.resolve([incident]),
          evidence: () => Promise.resolve({ snapshots: [], otherOpen: [], chart }),
        },
        painter: { drawPng: () => new Promise(() => undefined) },
        decorationMs: 20,
      },
    })
    await hub.open([1])
    await hub.pass(2000)
    const [mail] = await hub.mails()
    expect(mail?.subject).toBe('Crisis: web-1 is down')
    expect(mail?.images).toEqual([])
  })

  it('is tried again when its facts cannot be read, while others get theirs', async () => {
    const incident = factsOf(sampleIncident(1))
    const trouble = { times: 2 }
    const hub = await drivenComposer({
      letters: {
        incidents: {
          facts: () =>
            trouble.times-- > 0
              ? Promise.reject(new Error('the disk is full'))
              : Promise.resolve([incident]),
          evidence: () => Promise.resolve({ snapshots: [], otherOpen: [], chart: null }),
        },
      },
    })
    await hub.open([1])
    await hub.pass(2000)
    expect(await hub.mails()).toEqual([])
    await hub.pass(10_000)
    expect(await hub.mails()).toHaveLength(1)
  })
})
