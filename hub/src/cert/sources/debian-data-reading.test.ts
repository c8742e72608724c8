// What Debian's security data says, in its own shape, and what it says when somebody means harm.
import { expect, it } from 'vitest'
import { readDebianData } from './debian-data-reading.ts'
import { SourceFault } from './source-fault.ts'

async function* bytesOf(value: unknown): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(JSON.stringify(value)))
}

const CVE = 'CVE-2099-10001'
const issue = (releases: object) => ({ description: 'Une faille.', scope: 'remote', releases })
const of = async (release: unknown) =>
  (await readDebianData(bytesOf({ goeland: { [CVE]: issue({ bookworm: release }) } }))).packages[
    'goeland'
  ]?.fixes[CVE]?.['bookworm']

it.each([
  [
    { status: 'resolved', fixed_version: '1.2-3' },
    { is: 'fixed', version: '1.2-3' },
  ],
  [
    { status: 'resolved', fixed_version: '0' },
    { is: 'fixed', version: '0' },
  ],
  [{ status: 'open', urgency: 'not yet assigned' }, { is: 'open' }],
  [
    { status: 'open', nodsa: 'Minor issue', nodsa_reason: '' },
    { is: 'minor', why: 'Minor issue' },
  ],
  [
    { status: 'open', nodsa: 'Too intrusive', nodsa_reason: 'ignored' },
    { is: 'minor', why: 'Too intrusive, ignored' },
  ],
  [
    { status: 'open', urgency: 'unimportant' },
    { is: 'minor', why: 'unimportant' },
  ],
  [
    { status: 'open', urgency: 'end-of-life' },
    { is: 'minor', why: 'end-of-life' },
  ],
  [
    { status: 'open', nodsa: '' },
    { is: 'minor', why: 'no DSA' },
  ],
  [{ status: 'undetermined' }, { is: 'undetermined' }],
  // What cannot be read decides nothing.
  [{ status: 'resolved' }, { is: 'undetermined' }],
  [{ status: 'resolved', fixed_version: '1.2; rm -rf' }, { is: 'undetermined' }],
  [{ status: 'resolved', fixed_version: 7 }, { is: 'undetermined' }],
  [{ status: 'of-tomorrow' }, { is: 'undetermined' }],
  [null, { is: 'undetermined' }],
  [
    { status: 'open', nodsa: `a\u0000\u202eb\n${'c'.repeat(500)}` },
    { is: 'minor', why: expect.stringMatching(/^ab? ?b? c+…?$/u) as string },
  ],
])('%j', async (release, stands) => {
  expect(await of(release)).toEqual(stands)
})

it('keeps releases that have a number, CVEs, and the newest update of each release', async () => {
  const release = (update: string) => ({
    status: 'open',
    repositories: { bookworm: '1.0-1', 'bookworm-security': update, evil: { a: 1 } },
  })
  const { packages, fixes } = await readDebianData(
    bytesOf({
      goeland: {
        [CVE]: issue({ bookworm: release('1.0-1+deb12u2'), sid: { status: 'open' } }),
        'CVE-2099-10002': issue({ bookworm: release('1.0-1+deb12u10') }),
        'TEMP-0000000-ABCDEF': issue({ bookworm: release('9') }),
        'CVE-2099-10003': { description: 'sans version' },
      },
      amarre: {},
    }),
  )
  expect(fixes).toBe(2)
  expect(packages).toEqual({
    goeland: {
      updates: { bookworm: '1.0-1+deb12u10' },
      fixes: {
        [CVE]: { bookworm: { is: 'open' } },
        'CVE-2099-10002': { bookworm: { is: 'open' } },
      },
    },
    amarre: { updates: {}, fixes: {} },
  })
})

it.each([
  ['no-cards', {}],
  ['no-cards', { goeland: {} }],
  ['bad-document', { '../etc/passwd': {} }],
  ['bad-document', { goeland: null }],
  ['bad-document', { goeland: 'CVE' }],
  [
    'too-large',
    Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`paquet${index}`, {}])),
  ],
])('is refused as %s', async (kind, data) => {
  const error: unknown = await readDebianData(bytesOf(data)).catch((thrown: unknown) => thrown)
  expect(error instanceof SourceFault && error.kind).toBe(kind)
})
