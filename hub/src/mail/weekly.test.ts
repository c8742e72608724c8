// The mail of the week on a real database: once each time it is due, whoever was away.
import pino from 'pino'
import { expect, it } from 'vitest'
import { openSampleStore } from '../../test/sample-alerts.ts'
import { sampleLinks } from '../../test/sample-links.ts'
import { sampleWeek } from './sample-facts.ts'
import { Weeks, type WeeklyParts } from './weekly.ts'

const DAY_MS = 86_400_000
/** Monday 23 November 2026, 8:00 in Paris. */
const DUE_MS = Date.UTC(2026, 10, 23, 7)
const recipients = ['ops', 'ada', 'eve'].map((name) => ({
  address: `${name}@example.org`,
  locale: name === 'ada' ? ('fr' as const) : ('en' as const),
  zone: 'Europe/Paris',
  getsWeekly: name !== 'eve',
}))

async function hub(startMs: number) {
  const { store } = await openSampleStore()
  const time = { nowMs: startMs }
  const ranges: [number, number][] = []
  const start = (lastAliveMs: number | null, change: Partial<WeeklyParts> = {}): Weeks =>
    new Weeks({
      outbox: store.outbox,
      weeks: {
        read(fromMs, toMs) {
          ranges.push([fromMs, toMs])
          return Promise.resolve(sampleWeek(toMs))
        },
      },
      recipients: { find: () => undefined, list: () => recipients },
      links: sampleLinks,
      clock: { nowMs: () => time.nowMs, elapsedMs: () => time.nowMs },
      log: pino({ level: 'silent' }),
      cron: '0 8 * * 1',
      zone: 'Europe/Paris',
      from: 'vigie@example.org',
      lastAliveMs,
      onWritten: () => undefined,
      ...change,
    })
  const mails = () => store.outbox.due(Number.MAX_SAFE_INTEGER, 100)
  return { time, start, mails, ranges, outbox: store.outbox }
}

it('is written when it is due, to those who want it, in their language', async () => {
  const { time, start, mails, ranges } = await hub(DUE_MS - 1000)
  const weeks = start(null)
  expect(await weeks.look()).toBe(1000)
  expect(await mails()).toEqual([])
  time.nowMs = DUE_MS
  expect(await weeks.look()).toBe(60_000)
  expect((await mails()).map(({ recipient, subject }) => [recipient, subject])).toEqual([
    ['ops@example.org', 'All is well: 42 hosts, 0 crises, mail path works'],
    ['ada@example.org', 'Tout va bien\u00a0: 42 machines, 0 crise, le courrier passe'],
  ])
  expect(ranges).toEqual([[DUE_MS - 7 * DAY_MS, DUE_MS]])
  await weeks.look()
  expect(await mails()).toHaveLength(2)
})

it('is due by the clocks of its zone, also when they were set back within the week', async () => {
  const summerMs = Date.UTC(2026, 9, 19, 6)
  const { time, start } = await hub(summerMs)
  const weeks = start(null)
  await weeks.look()
  time.nowMs = Date.UTC(2026, 9, 26, 7) - 30_000
  expect(await weeks.look()).toBe(30_000)
})

it('comes when it is due by a clock that was wrong for a while, and once', async () => {
  const { time, start, mails } = await hub(DUE_MS + 60 * DAY_MS)
  const weeks = start(null)
  await weeks.look()
  time.nowMs = DUE_MS - 60_000
  await weeks.look()
  time.nowMs = DUE_MS
  await weeks.look()
  expect(await mails()).toHaveLength(2)
  time.nowMs = DUE_MS - 1000
  await weeks.look()
  time.nowMs = DUE_MS
  await weeks.look()
  expect(await mails()).toHaveLength(2)
})

it('is caught up when the hub was away as it was due, and only then', async () => {
  const back = await hub(DUE_MS + 2 * DAY_MS)
  await back.start(DUE_MS - DAY_MS).look()
  expect(await back.mails()).toHaveLength(2)
  const first = await hub(DUE_MS + DAY_MS)
  await first.start(null).look()
  await first.start(DUE_MS + 3_600_000).look()
  expect(await first.mails()).toEqual([])
  const late = await hub(DUE_MS + 6 * DAY_MS + 1000)
  await late.start(DUE_MS - DAY_MS).look()
  expect(await late.mails()).toEqual([])
})

it('is once for each, however often the hub starts and however it failed half way', async () => {
  const { start, mails, outbox } = await hub(DUE_MS + 60_000)
  const writes = { left: 1 }
  const failing = {
    write: (mail: Parameters<typeof outbox.write>[0]) =>
      writes.left-- > 0 ? outbox.write(mail) : Promise.reject(new Error('the disk is full')),
  }
  const weeks = start(DUE_MS - 60_000, { outbox: failing })
  await expect(weeks.look()).rejects.toThrow('the disk is full')
  expect(await mails()).toHaveLength(1)
  await start(DUE_MS - 60_000).look()
  await start(DUE_MS + 60_000).look()
  expect((await mails()).map(({ recipient }) => recipient)).toEqual([
    'ops@example.org',
    'ada@example.org',
  ])
})
