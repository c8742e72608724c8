// What the page says of incidents: the first sentence, figures, mails, what happened.
import { describe, expect, it } from 'vitest'
import type { IncidentEntry } from '@vigie/shared/api/incident'
import type { MailSetup } from '@vigie/shared/api/mail'
import { t } from '../i18n/t.test-support.ts'
import { joined } from '../format/quantity.ts'
import { byDay } from './day-groups.ts'
import { incidentCsv } from './incident-csv.ts'
import { factsOf } from './incident-facts.ts'
import { matching } from './incident-filter.ts'
import { FIRED_MS, fullDisk, incidentOf } from './incident.test-support.ts'
import { leadOf } from './incidents-lead.ts'
import { readView, viewQuery } from './incidents-view.ts'
import { incidentMailSays, setupSays } from './mail-words.ts'
import { timelineOf } from './timeline.ts'

const speaker = { t, locale: 'en' as const, nowMs: FIRED_MS + 24 * 60_000 }
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const ids = (list: readonly { id: number }[]) => list.map(({ id }) => id)

describe('the first sentence', () => {
  it('names a few, and who has no owner', () => {
    const lead = leadOf([incidentOf(1, { state: 'acknowledged', owner: 'ada' }), fullDisk(2)])
    expect(ids(lead.named)).toEqual([1, 2])
    expect(lead.counted).toEqual([])
    expect(ids(lead.unowned)).toEqual([2])
  })

  it('names crises and counts warnings when they are more, and counts all when they are many', () => {
    const warnings = [fullDisk(3), fullDisk(4), fullDisk(5)]
    const some = leadOf([incidentOf(1), ...warnings])
    expect(ids(some.named)).toEqual([1])
    expect(some.counted).toEqual([{ severity: 'warning', count: 3 }])
    const many = leadOf([6, 7, 8, 9].map((id) => incidentOf(id)).concat(warnings))
    expect(many.named).toEqual([])
    expect(many.counted).toEqual([
      { severity: 'crisis', count: 4 },
      { severity: 'warning', count: 3 },
    ])
  })
})

describe('whether mails arrived', () => {
  const says = (part: Parameters<typeof incidentOf>[1]) =>
    plain(incidentMailSays(incidentOf(1, part), speaker).text)
  const mail = { waiting: 0, delivered: 3, refused: 0, tookMs: 1740, nextMs: null }

  it('is said by the worst of it', () => {
    expect(says({ mail })).toBe('3 delivered, in 1.7 s')
    expect(says({ mail: { ...mail, waiting: 1 } })).toBe('waiting')
    expect(says({ mail: { ...mail, waiting: 1, refused: 2 } })).toBe('2 refused')
    expect(says({ mail: { ...mail, delivered: 0 } })).toBe('no mail')
    expect(says({ mail: { ...mail, waiting: 1 }, isSilenced: true })).toBe('silenced, waits')
    expect(says({ mail: { ...mail, waiting: 1 }, foldedInto: 9 })).toBe('told by incident 9')
  })

  it('is not claimed where nobody can be mailed', () => {
    const setup = { relay: null, webhook: null, recipients: [], waiting: 0, failed: 0 }
    const all = (part: object) => setupSays({ ...setup, ...part } as unknown as MailSetup, speaker)
    expect(all({})).toMatchObject({ needsSetup: true, mark: 'none' })
    expect(all({ relay: 'smtp://relay' })).toMatchObject({ needsSetup: true })
    const ready = { relay: 'smtp://relay', recipients: [{}], delivered: 4 }
    expect(all(ready)).toMatchObject({ mark: 'ok', text: 'Every mail was delivered.' })
    expect(all({ ...ready, waiting: 1 })).toMatchObject({ mark: 'waits' })
    expect(all({ ...ready, waiting: 1, failed: 1 })).toMatchObject({ mark: 'bad' })
  })
})

it('figures are the value, the limit and the worst; of a silent host its silence', () => {
  const written = (incident: Parameters<typeof factsOf>[0]) =>
    factsOf(incident, speaker).map(({ quantity }) => plain(joined(quantity)))
  expect(written(fullDisk(1))).toEqual(['91 %', '90 %', '93 %'])
  expect(written(incidentOf(1))).toEqual(['24 min', '30 s'])
})

describe('what happened', () => {
  const entry = (part: Partial<IncidentEntry>): IncidentEntry => ({
    timeMs: FIRED_MS,
    kind: 'mail-delivered',
    who: null,
    text: null,
    ...part,
  })

  it('is one line for mails that went together, and names who', () => {
    const lines = timelineOf(
      [
        entry({ kind: 'fired' }),
        entry({ who: 'a@x', text: '250 taken' }),
        entry({ who: 'b@x', timeMs: FIRED_MS + 900 }),
        entry({ who: 'c@x', timeMs: FIRED_MS + 60_000 }),
      ],
      'crisis',
      speaker,
    )
    expect(lines.map(({ title }) => title)).toEqual([
      'Crisis opened',
      'Delivered to a@x and b@x',
      'Delivered to c@x',
    ])
    expect(lines[1]?.detail).toBe('250 taken')
  })

  it('says why a mail was withheld', () => {
    const [line] = timelineOf(
      [entry({ kind: 'mail-withheld', who: 'ada', text: 'removed' })],
      'warning',
      speaker,
    )
    expect(line).toMatchObject({ title: 'Not mailed to ada', detail: 'is a recipient no more' })
  })

  it('quotes people, and shows a reminder as what is to come', () => {
    const [note, reminder] = timelineOf(
      [entry({ kind: 'note', who: 'ada', text: 'frozen' }), entry({ kind: 'reminder-due' })],
      'warning',
      speaker,
    )
    expect(note).toMatchObject({ title: 'Note of ada', detail: '“frozen”' })
    expect(reminder).toMatchObject({ isAhead: true, mark: 'waits' })
  })
})

it('a filter looks in titles, hosts, rules and owners', () => {
  const all = [incidentOf(1, { owner: 'web on call' }), fullDisk(2)]
  expect(ids(matching(all, 'WEB call', 'en'))).toEqual([1])
  expect(ids(matching(all, '/var', 'en'))).toEqual([2])
  expect(ids(matching(all, 'nearly', 'en'))).toEqual([2])
  expect(ids(matching(all, ' ', 'en'))).toEqual([1, 2])
})

it('earlier incidents are under their days', () => {
  const at = (id: number, day: number) => incidentOf(id, { firedMs: FIRED_MS - day * 86_400_000 })
  expect(byDay([at(3, 0), at(2, 0), at(1, 2)]).map(({ incidents }) => ids(incidents))).toEqual([
    [3, 2],
    [1],
  ])
})

it('a file for spreadsheets quotes what must be, and runs no formula', () => {
  const [, line = ''] = incidentCsv([incidentOf(7, { hostName: '=1+1, "x"' })], 'en').split('\r\n')
  expect(line).toMatch(/^7,crisis,/)
  expect(line).toContain(`,"'=1+1, ""x""",`)
})

it('the address carries which, the filter and what is read', () => {
  const view = { which: 'days', query: 'web 3', id: 219 } as const
  expect(readView(new URLSearchParams(viewQuery(view)))).toEqual(view)
  expect(viewQuery({})).toBe('')
  expect(readView(new URLSearchParams('which=none&incident=-4'))).toEqual({
    which: 'open',
    query: '',
    id: null,
  })
})
