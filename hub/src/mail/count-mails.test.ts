import { expect, it } from 'vitest'
import { countMails } from './count-mails.ts'

const T0 = 1_795_400_000_000
const H = 3_600_000
const plan = { recipients: 1, remindEveryMs: null, toMs: T0 + 240 * H, maxMailsPerHour: 20 }
const episode = (fromS: number, toS: number | null) => ({
  firedMs: T0 + fromS * 1000,
  resolvedMs: toS === null ? null : T0 + toS * 1000,
})

it('N1, N2: an incident is a mail as it opens and one as it resolves, for each recipient', () => {
  expect(countMails([episode(0, 600)], plan)).toBe(2)
  expect(countMails([episode(0, null)], plan)).toBe(1)
  expect(countMails([episode(0, 600)], { ...plan, recipients: 3 })).toBe(6)
  expect(countMails([], plan)).toBe(0)
})

it('N3: reminders are told while it is firing', () => {
  const reminding = { ...plan, remindEveryMs: 4 * H }
  expect(countMails([episode(0, 9 * 3600)], reminding)).toBe(4)
  expect(countMails([episode(0, null)], { ...reminding, toMs: T0 + 13 * H })).toBe(4)
})

it('C1: what comes within two seconds is one mail', () => {
  expect(countMails([episode(0, null), episode(2, null)], plan)).toBe(1)
  expect(countMails([episode(0, 1)], plan)).toBe(1)
  expect(countMails([episode(0, null), episode(3, null)], plan)).toBe(2)
})

it('C1: a storm is one mail as long as it goes on, for 20 s', () => {
  const storm = Array.from({ length: 1000 }, (_, index) => episode(index * 0.015, null))
  expect(countMails(storm, plan)).toBe(1)
  const long = Array.from({ length: 1000 }, (_, index) => episode(index * 0.1, null))
  // Those of the first 20 s, then of each 20 s that follow.
  expect(countMails(long, plan)).toBeLessThanOrEqual(6)
})

it('C4: what is over the cap of an hour waits and is one mail', () => {
  const many = Array.from({ length: 100 }, (_, index) => episode(index * 10, null))
  expect(countMails(many, plan)).toBe(21)
})
