// What people set up of alerts (rules, silences, windows, recipients, tags), on a real database file.
import type { MaintenanceDraft, SilenceDraft } from '@vigie/shared/api/silence'
import { expect, it } from 'vitest'
import { openSampleStore, sampleRule } from '../../test/sample-alerts.ts'

it('rules are kept, changed and deleted, and an id is given once', async () => {
  const { rules } = (await openSampleStore()).store
  const down = await rules.create(sampleRule, 1000, 'host-down')
  expect(down).toEqual({ ...sampleRule, id: down.id, key: 'host-down', changedMs: 1000 })
  const own = await rules.create({ ...sampleRule, name: 'Mine' }, 2000)
  expect(own.key).toBeNull()
  expect(await rules.list()).toEqual([down, own])

  // Whoever changes a rule may hand in all of it.
  const changed = await rules.change(down.id, { ...down, isEnabled: false }, 3000)
  expect(changed).toEqual({ ...down, isEnabled: false, changedMs: 3000 })
  expect(await rules.change(99, sampleRule, 3000)).toBeUndefined()
  await expect(rules.create(sampleRule, 4000, 'host-down')).rejects.toThrow(/UNIQUE/)

  expect(await rules.delete(own.id)).toBe(true)
  expect(await rules.delete(own.id)).toBe(false)
  expect((await rules.create(sampleRule, 5000)).id).toBeGreaterThan(own.id)
  expect((await rules.list())[0]).toEqual(changed)
})

it('silences are listed by their end, and can end early', async () => {
  const { silences } = (await openSampleStore()).store
  const draft: SilenceDraft = {
    scope: { type: 'tags', tags: ['web'] },
    ruleIds: [3],
    startsMs: 1000,
    endsMs: 9000,
    comment: 'new disks',
  }
  const long = await silences.create(draft, 'Ada', 900)
  expect(long).toEqual({ ...draft, id: long.id, createdBy: 'Ada', createdMs: 900 })
  const short = await silences.create({ ...draft, endsMs: 5000 }, 'Ada', 950)
  expect(await silences.list(4999)).toEqual([short, long])
  expect(await silences.list(5000)).toEqual([long])
  expect(await silences.end(long.id, 6000)).toBe(true)
  // It has ended already.
  expect(await silences.end(short.id, 6000)).toBe(false)
  expect((await silences.list(0)).map(({ endsMs }) => endsMs)).toEqual([5000, 6000])
  expect(await silences.end(99, 6000)).toBe(false)
})

it('maintenance windows are kept, changed and deleted', async () => {
  const { silences } = (await openSampleStore()).store
  const draft: MaintenanceDraft = {
    scope: { type: 'all' },
    ruleIds: [],
    name: 'Backups',
    cron: '30 2 * * *',
    durationMs: 3_600_000,
    zone: 'Europe/Paris',
    isEnabled: true,
  }
  const window = await silences.createWindow(draft)
  expect(window).toEqual({ ...draft, id: window.id })
  const changed = await silences.changeWindow(window.id, { ...draft, name: 'Sauvegardes' })
  expect(await silences.windows()).toEqual([changed])
  expect(changed?.name).toBe('Sauvegardes')
  expect(await silences.changeWindow(99, draft)).toBeUndefined()
  expect(await silences.deleteWindow(window.id)).toBe(true)
  expect(await silences.deleteWindow(window.id)).toBe(false)
  expect(await silences.windows()).toEqual([])
})

it('recipients are put, put anew and deleted by their address', async () => {
  const { recipients } = (await openSampleStore()).store
  const draft = { locale: 'fr', zone: 'Europe/Paris', isDefault: true, getsWeekly: false } as const
  await recipients.put('ops@example.org', draft)
  await recipients.put('ada@example.org', { ...draft, locale: 'en' })
  await recipients.put('ops@example.org', { ...draft, getsWeekly: true })
  expect(await recipients.list()).toEqual([
    { address: 'ada@example.org', ...draft, locale: 'en' },
    { address: 'ops@example.org', ...draft, getsWeekly: true },
  ])
  expect(await recipients.delete('ops@example.org')).toBe(true)
  expect(await recipients.delete('ops@example.org')).toBe(false)
  expect(await recipients.list()).toHaveLength(1)
})

it('a host has the tags that people gave it, none at first', async () => {
  const { store } = await openSampleStore()
  await store.enrolments.add({ id: 'e', secretSha256: '', name: 'h', expiresAtMs: 9e15 }, 0)
  const facts = { bootId: 'b', agentVersion: '1', intervalMs: 1000 }
  const joined = await store.enrolments.redeem({
    enrolmentId: 'e',
    publicKey: 'k',
    hostname: 'h',
    nowMs: 0,
    ...facts,
  })
  const host = joined?.host
  expect(host?.tags).toEqual([])
  expect(await store.hosts.recordTags(host?.id ?? 0, ['web', 'site=paris'])).toBe(true)
  expect(await store.hosts.recordTags(99, [])).toBe(false)
  expect((await store.hosts.list())[0]?.tags).toEqual(['web', 'site=paris'])
})
