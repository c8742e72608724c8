// The test of mail: each kind, through the real outbox, with real pictures.
import { expect, it } from 'vitest'
import { openSampleStore } from '../../test/sample-alerts.ts'
import { sampleLinks } from '../../test/sample-links.ts'
import { systemClock } from '../clock.ts'
import { drawIncidentPng } from '../graph/incident-png.ts'
import { createSampleMails } from './sample-letters.ts'

it('writes a mail of each kind, which says in its subject and in its text that it is a test', async () => {
  const { store } = await openSampleStore()
  const writeSamples = createSampleMails({
    outbox: store.outbox,
    painter: { drawPng: (chart, style) => Promise.resolve(drawIncidentPng({ chart, style })) },
    recipients: { find: () => undefined, list: () => [] },
    usual: { locale: 'fr', zone: 'Europe/Paris' },
    links: sampleLinks,
    clock: systemClock,
    from: 'vigie@example.org',
    onWritten: () => undefined,
  })
  const written = await writeSamples('ops@example.org')
  expect(written.map(({ kind }) => kind)).toEqual([
    'opened',
    'reminder',
    'resolved',
    'group',
    'summary',
    'late',
    'weekly',
    'advisory',
    'advisory-digest',
    'watch',
  ])
  const mails = await store.outbox.due(Date.now(), 100)
  expect(mails.map(({ id }) => id).sort()).toEqual(written.map(({ id }) => id).sort())
  for (const { subject, text, images } of mails) {
    expect(subject).toMatch(/^Essai\u00a0: /)
    expect(text).toContain('Ceci est un essai')
    // Somebody may try the buttons, and incident 1 may be a real one.
    expect(text).not.toContain('act#')
    for (const { png } of images) expect([...png.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
  }
  expect(mails.filter(({ images }) => images.length === 2)).toHaveLength(4)
})
