// The watch on a whole hub: real database, real outbox, a publisher on loopback. Tests carry the rules of docs/cert.md.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { MailDetail } from '@vigie/shared/api/mail'
import { expect, it } from 'vitest'
import type { AppOptions } from '../src/app-options.ts'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { ledgerOf, OPS, startMailingApp, untilLedger } from './mailing-app.ts'
import { tempDirectory, type TestHub } from './test-hub.ts'

const OPEN = 'CERTFR-2099-ALE-901'
const NEW = 'CERTFR-2099-ALE-902'
const CLOSED = 'CERTFR-2099-ALE-900'
const NEVER = '0 0 1 1 *'

const baseline = (): AdvisoryDocument[] => [
  advisory(OPEN),
  advisory(CLOSED, { closedMs: Date.UTC(2026, 8, 29) }),
]

/** A hub that reads a board when it is told to, and has told what is open. */
async function startWatching(board: AdvisoryBoard, options: Partial<AppOptions> = {}) {
  const hub = await startMailingApp({
    mailTo: [OPS],
    certCron: NEVER,
    advisorySources: [board.source()],
    ...options,
  })
  await untilLedger(hub, (ledger) => certMails(ledger).length > 0)
  return hub
}

const CERT_KINDS = ['advisory', 'advisory-digest', 'watch']

function certMails(ledger: readonly MailDetail[]): MailDetail[] {
  return ledger.filter(({ kind }) => CERT_KINDS.includes(kind))
}

/** Of the watch, oldest first, when there are so many. */
async function mailsOf(hub: TestHub, count: number): Promise<MailDetail[]> {
  return certMails(await untilLedger(hub, (ledger) => certMails(ledger).length >= count))
}

/** Without the ends of its lines. */
function unfolded(mail: MailDetail | undefined): string {
  return mail?.text?.replace(/\s+/g, ' ') ?? ''
}

/** Whatever was to be told has been: another alert that comes after it is told, and nothing between. */
async function nothingSince(hub: TestHub, board: AdvisoryBoard, count: number): Promise<void> {
  const reference = `CERTFR-2099-ALE-${990 + count}`
  board.documents.push(advisory(reference))
  await hub.certWatch.checkNow()
  const mails = await mailsOf(hub, count + 1)
  expect(mails).toHaveLength(count + 1)
  expect(mails.at(-1)?.subject).toContain(reference)
}

it('W1, W2: the first good run is a silent baseline, with one mail of what is open now', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  const [mail] = await mailsOf(hub, 1)
  expect(mail).toMatchObject({ kind: 'watch', recipient: OPS })
  expect(mail?.subject).toBe('CERT watch: The watch is on, CERT-FR alerts')
  expect(mail?.text).toContain(OPEN)
  expect(mail?.text).not.toContain(CLOSED)
  await nothingSince(hub, board, 1)
})

it('W3: a new alert is mailed at once, and once', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  board.documents.unshift(advisory(NEW, { title: 'Injection dans Ostrea Proxy' }))
  await hub.certWatch.checkNow()
  const [, mail] = await mailsOf(hub, 2)
  expect(mail).toMatchObject({ kind: 'advisory', recipient: OPS })
  expect(mail?.subject).toBe(`CERT-FR alert: ${NEW}, Injection dans Ostrea Proxy`)
  for (const words of ['Tarnel versions antérieures à 16.4', 'CVE-2099-10001', 'Mettre à jour.']) {
    expect(mail?.text).toContain(words)
  }
  await hub.certWatch.checkNow()
  await nothingSince(hub, board, 2)
})

it('W5: what was re-dated, re-titled, reopened or reordered is not new', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  board.revise(OPEN, { publishedMs: Date.UTC(2026, 9, 28), title: '[MàJ] Autre titre' })
  board.revise(CLOSED, { closedMs: null })
  board.documents.reverse()
  await hub.certWatch.checkNow()
  await nothingSince(hub, board, 1)
  expect(await hub.certWatch.advisories.get(OPEN)).toMatchObject({
    title: '[MàJ] Autre titre',
    isBaseline: true,
  })
})

it('W6, W7: a revision and a closure are mailed, with what changed', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  const first = { dateMs: Date.UTC(2026, 8, 28), text: 'Version initiale' }
  board.revise(OPEN, {
    cves: ['CVE-2099-10001', 'CVE-2099-10002'],
    revisions: [first, { dateMs: Date.UTC(2026, 9, 2), text: 'Ajout d’une vulnérabilité' }],
  })
  await hub.certWatch.checkNow()
  const [, revised] = await mailsOf(hub, 2)
  expect(revised?.subject).toMatch(/^CERT-FR alert, updated: /)
  expect(revised?.text).toContain('1 vulnerability was added')
  expect(revised?.text).toContain('Ajout d’une vulnérabilité')

  board.revise(OPEN, { closedMs: Date.UTC(2026, 9, 5) })
  await hub.certWatch.checkNow()
  const [, , closed] = await mailsOf(hub, 3)
  expect(closed?.subject).toMatch(/^CERT-FR alert, closed: /)
  expect(closed?.text).toContain('It was closed on 5 October 2026.')
  await nothingSince(hub, board, 3)
})

it('V1: a failed or empty run changes nothing that is known, and repeats no mail', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  for (const mood of ['down', 'empty'] as const) {
    board.mood = mood
    await hub.certWatch.checkNow()
  }
  const { runs, sources } = await hub.certWatch.cert.state()
  expect(runs.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'well'])
  expect(runs.flatMap(({ failures }) => failures.map(({ kind }) => kind))).toEqual([
    'no-cards',
    'http-error',
  ])
  expect(sources[0]).toMatchObject({ source: 'certfr-alerts', failedInARow: 2 })
  board.mood = 'well'
  await nothingSince(hub, board, 1)
})

it('V2, V3: after three failed runs in a row administrators are mailed once, and once when it sees again', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board, { mailTo: [OPS] })
  const token = await hub.people.issueSignInToken()
  const admin = 'ada@example.org'
  const claim = { token, email: admin, password: 'correct horse battery' }
  await hub.people.claim(claim, { address: '127.0.0.1', userAgent: undefined })
  board.mood = 'down'
  for (let run = 0; run < 5; run++) await hub.certWatch.checkNow()
  const [, failing] = await mailsOf(hub, 2)
  expect(failing).toMatchObject({ kind: 'watch', recipient: admin })
  expect(failing?.subject).toBe('CERT watch: The watch cannot see, CERT-FR alerts')
  expect(unfolded(failing)).toContain('The site answered with an error')
  board.mood = 'well'
  await hub.certWatch.checkNow()
  const [, , working] = await mailsOf(hub, 3)
  expect(working).toMatchObject({ kind: 'watch', recipient: admin })
  await nothingSince(hub, board, 3)
})

it('V2: a source that is read with something wrong each time is told too, and told again when it cannot be read', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  board.broken.add(NEW)
  board.documents.push(advisory(NEW))
  for (let run = 0; run < 4; run++) await hub.certWatch.checkNow()
  const watchMails = async (mails: number) =>
    (await mailsOf(hub, mails)).slice(1).filter(({ kind }) => kind === 'watch')
  const [partly] = await watchMails(3)
  expect(partly?.subject).toBe('CERT watch: The watch sees only in part, CERT-FR alerts')
  expect(unfolded(partly)).toContain('something was wrong each time')
  board.mood = 'down'
  for (let run = 0; run < 4; run++) await hub.certWatch.checkNow()
  const [, blind] = await watchMails(4)
  expect(blind?.subject).toBe('CERT watch: The watch cannot see, CERT-FR alerts')
  board.mood = 'well'
  await hub.certWatch.checkNow()
  await nothingSince(hub, board, 4)
  board.broken.clear()
  await hub.certWatch.checkNow()
  const [, , again] = await watchMails(6)
  expect(again?.subject).toBe('CERT watch: The watch sees again, CERT-FR alerts')
})

it('W8: an alert whose document cannot be read is told by its title, and again when it can', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  board.broken.add(NEW)
  board.documents.push(advisory(NEW))
  await hub.certWatch.checkNow()
  const [, told] = await mailsOf(hub, 2)
  expect(unfolded(told)).toContain('Only its title could be read so far')
  board.broken.clear()
  await hub.certWatch.checkNow()
  const [, , read] = await mailsOf(hub, 3)
  expect(read?.subject).toMatch(/^CERT-FR alert, updated: /)
  expect(unfolded(read)).toContain('What it says could be read now')
  await nothingSince(hub, board, 3)
})

it('W9: what slides onto the list from further down is not new', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  const old = { publishedMs: Date.UTC(2021, 0, 1), closedMs: Date.UTC(2021, 1, 1) }
  board.documents.push(advisory('CERTFR-2021-ALE-001', old))
  await hub.certWatch.checkNow()
  await nothingSince(hub, board, 1)
})

it('W10: what a whole list shows no more is removed without a word, and is not new when it is back', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  board.isWhole = true
  const hub = await startWatching(board)
  const [open, closed] = board.documents
  board.documents = closed ? [closed] : []
  await hub.certWatch.checkNow()
  expect(await hub.certWatch.advisories.get(OPEN)).toMatchObject({ isRemoved: true })
  board.documents = open && closed ? [open, closed] : []
  await hub.certWatch.checkNow()
  expect(await hub.certWatch.advisories.get(OPEN)).toMatchObject({ isRemoved: false })
  await nothingSince(hub, board, 1)
})

it('A3: what people said of an advisory stays whatever its source writes', async () => {
  const board = await AdvisoryBoard.start(...baseline())
  const hub = await startWatching(board)
  const handled = { state: 'patched', comment: 'done', by: 'ada', atMs: 1 } as const
  expect(await hub.certWatch.advisories.setHandled(OPEN, handled, handled)).toBe(true)
  board.revise(OPEN, { summary: 'Autre chose.' })
  await hub.certWatch.checkNow()
  expect(await hub.certWatch.advisories.get(OPEN)).toMatchObject({
    summary: 'Autre chose.',
    handled,
  })
})

it('S2: a hub that starts again reads nothing before its time, and tells nothing twice', async () => {
  const dataDirectory = await tempDirectory()
  const board = await AdvisoryBoard.start(...baseline())
  const first = await startWatching(board, { dataDirectory })
  await first.close()
  expect(board.reads).toBe(1)
  const hub = await startWatching(board, { dataDirectory })
  expect(board.reads).toBe(1)
  await nothingSince(hub, board, 1)
  expect(certMails(await ledgerOf(hub))).toHaveLength(2)
})

it('S3: stopping the hub ends a run, of which nothing is written', async () => {
  const dataDirectory = await tempDirectory()
  const board = await AdvisoryBoard.start(...baseline())
  const first = await startWatching(board, { dataDirectory })
  board.mood = 'silent'
  expect(first.certWatch.cert.check()).toBe('started')
  expect(first.certWatch.cert.check()).toBe('running')
  await first.close()
  board.speak()
  const hub = await startWatching(board, { dataDirectory })
  expect((await hub.certWatch.cert.state()).runs).toHaveLength(1)
})
