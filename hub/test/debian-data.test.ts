// Debian's security data on a whole hub: what it decides, and what is left of it when it cannot be read. Tests carry the rules of
// docs/cert.md.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { WatchRun } from '@vigie/shared/api/cert-watch'
import type { Package } from '@vigie/shared/protocol/packages'
import { describe, expect, it, vi } from 'vitest'
import { DEBIAN_DATA_FILE } from '../src/cert/sources/debian-data-file.ts'
import { createDebianData } from '../src/cert/sources/debian-data.ts'
import { createDebianSource } from '../src/cert/sources/debian-source.ts'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { DebianSite, stands } from './debian-site.ts'
import { startMailingApp } from './mailing-app.ts'
import { SkippingClock } from './skipping-clock.ts'
import { tempDirectory, type TestHub } from './test-hub.ts'
import { hostWith } from './watched-hosts.ts'

const DAY_MS = 86_400_000
const CVE = 'CVE-2026-90011'
const ALERT = 'CERTFR-2099-ALE-901'
const OF_OPENSSL = {
  title: 'Vulnérabilité dans OpenSSL',
  affected: [
    { text: 'OpenSSL versions antérieures à 3.0.15', vendor: 'OpenSSL', product: 'OpenSSL' },
  ],
  cves: [CVE],
}
const libssl = (version: string): Package => ({
  manager: 'dpkg',
  name: 'libssl3',
  source: 'openssl',
  version,
})
const NEVER = new AbortController().signal
const identity = { version: '1.2.3', contactUrl: 'https://vigie.example/contact' }
const fixedIn = (version: string) => ({
  openssl: { [CVE]: stands({ status: 'resolved', fixed_version: version }) },
})

/** So many megabytes, packed: gunzip takes one packed part after the other. */
const spaces = (megabytes: number): Buffer =>
  Buffer.concat(Array<Buffer>(megabytes).fill(gzipSync(Buffer.alloc(1_000_000, ' '))))

function dataOf(site: DebianSite, dataDirectory: string, clock = new SkippingClock()) {
  return createDebianData({ ...identity, url: site.dataUrl, dataDirectory, clock })
}

const verdictsOf = async (hub: TestHub): Promise<string[]> =>
  ((await hub.certWatch.advisories.get(ALERT))?.hosts ?? []).map(
    ({ hostName, verdict, evidence }) => `${hostName} ${verdict} ${evidence[0]?.rule ?? ''}`,
  )

const lastRun = async (hub: TestHub): Promise<WatchRun | undefined> =>
  (await hub.certWatch.cert.state()).runs.find(({ source }) => source === 'debian')

const untilVerdicts = (hub: TestHub, verdicts: string[]): Promise<void> =>
  vi.waitFor(async () => expect(await verdictsOf(hub)).toEqual(verdicts), {
    timeout: 60_000,
    interval: 20,
  })

it('D1, D3, D4: a Debian host is to be checked until the data comes, and then is concerned or is not', async () => {
  const site = await DebianSite.start()
  site.misbehave = (_, response) => response.writeHead(503).end()
  const board = await AdvisoryBoard.start(advisory(ALERT, OF_OPENSSL))
  const dataDirectory = await tempDirectory()
  const clock = new SkippingClock()
  const data = dataOf(site, dataDirectory, clock)
  const debian = createDebianSource({ ...identity, url: site.feedUrl, clock, data })
  const hub = await startMailingApp({
    dataDirectory,
    certCron: '0 0 1 1 *',
    advisorySources: [board.source(), debian],
    limits: { gatherPackagesMs: 50 },
  })
  await hostWith(hub, 'web-1', [libssl('3.0.11-1~deb12u1')])
  await hostWith(hub, 'web-2', [libssl('3.0.11-1~deb12u2')])
  await untilVerdicts(hub, ['web-1 check backport', 'web-2 check backport'])
  // The run is kept after the verdicts that it led to.
  await expect
    .poll(() => lastRun(hub))
    .toMatchObject({
      outcome: 'partly',
      failures: [{ kind: 'http-error', detail: expect.stringContaining('HTTP 503') as string }],
    })
  expect((await hub.certWatch.cert.state()).compared.debian).toBeNull()

  site.misbehave = undefined
  site.publish(fixedIn('3.0.11-1~deb12u2'))
  clock.skip(3_600_000)
  await hub.certWatch.checkNow()
  await untilVerdicts(hub, ['web-1 concerned debian-older'])
  expect((await hub.certWatch.cert.state()).compared.debian).toEqual({
    readMs: expect.any(Number) as number,
    packages: 1,
    fixes: 1,
  })

  // What cannot be read changes nothing.
  site.misbehave = (_, response) => response.end('{"openssl":{')
  clock.skip(DAY_MS)
  await hub.certWatch.checkNow()
  expect((await lastRun(hub))?.failures).toMatchObject([{ kind: 'bad-document' }])
  hub.certWatch.packagesChanged(1)
  await hostWith(hub, 'web-3', [libssl('3.0.11-1~deb12u1')])
  await untilVerdicts(hub, ['web-1 concerned debian-older', 'web-3 concerned debian-older'])

  site.misbehave = undefined
  site.publish(fixedIn('0'))
  clock.skip(3_600_000)
  await hub.certWatch.checkNow()
  await untilVerdicts(hub, [])
})

it('D1: what was kept is not used where Debian’s source is off', async () => {
  const site = await DebianSite.start()
  site.publish(fixedIn('0'))
  const dataDirectory = await tempDirectory()
  expect(await dataOf(site, dataDirectory).refresh(NEVER)).toBeUndefined()
  const board = await AdvisoryBoard.start(advisory(ALERT, OF_OPENSSL))
  const hub = await startMailingApp({
    dataDirectory,
    certCron: '0 0 1 1 *',
    debianDataUrl: new URL(site.dataUrl),
    advisorySources: [board.source()],
    limits: { gatherPackagesMs: 50 },
  })
  await hostWith(hub, 'web-1', [libssl('3.0.11-1~deb12u1')])
  await untilVerdicts(hub, ['web-1 check backport'])
  expect(site.asked).toHaveLength(1)
})

describe('D1: the data', () => {
  it('is asked for once a day at most, with what the server said of it before', async () => {
    const site = await DebianSite.start()
    site.publish(fixedIn('1.0-1'))
    const dataDirectory = await tempDirectory()
    const clock = new SkippingClock()
    const data = dataOf(site, dataDirectory, clock)
    const changed = vi.fn()
    data.onChanged(changed)
    for (const skippedMs of [0, DAY_MS - 60_000]) {
      clock.skip(skippedMs)
      expect(await data.refresh(NEVER)).toBeUndefined()
    }
    expect(site.asked).toHaveLength(1)
    expect(site.asked[0]).toMatchObject({
      'user-agent': 'Vigie/1.2.3 (+https://vigie.example/contact)',
    })
    const before = await data.kept()

    clock.skip(120_000)
    expect(await data.refresh(NEVER)).toBeUndefined()
    expect(site.asked[1]).toMatchObject({ 'if-none-match': '"v2"' })
    expect(site.sent).toBe(1)
    const after = await data.kept()
    expect(after).toMatchObject({ packages: 1, fixes: 1 })
    expect(after?.readMs).toBeGreaterThan(before?.readMs ?? Infinity)
    expect(changed).toHaveBeenCalledTimes(2)
    expect(await readdir(dataDirectory)).toEqual([DEBIAN_DATA_FILE])
  })

  it('is read anew where what is kept is damaged', async () => {
    const site = await DebianSite.start()
    site.publish(fixedIn('1.0-1'))
    const dataDirectory = await tempDirectory()
    const data = dataOf(site, dataDirectory)
    await data.refresh(NEVER)
    const file = join(dataDirectory, DEBIAN_DATA_FILE)
    const bytes = await readFile(file)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    await writeFile(file, bytes)
    expect(await data.kept()).toBeNull()
    await data.refresh(NEVER)
    expect(site.sent).toBe(2)
    expect(await data.kept()).toMatchObject({ packages: 1 })
  })

  const whole = JSON.stringify(fixedIn('1.0-1'))
  const hostile: readonly [string, string, (response: ServerResponse) => void][] = [
    [
      'that is half sent',
      'unreachable',
      (response) => {
        response.writeHead(200, { 'content-length': 1000 }).write(whole, () => response.destroy())
      },
    ],
    ['that ends early', 'bad-document', (response) => response.end(whole.slice(0, -3))],
    ['that is a page', 'bad-document', (response) => response.end('<html>maintenance</html>')],
    ['that names nothing', 'no-cards', (response) => response.end('{}')],
    [
      'that leads elsewhere',
      'http-error',
      (response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
      },
    ],
    [
      'that unpacks without end',
      'too-large',
      (response) => {
        const bomb = spaces(300)
        response.setHeader('content-encoding', 'gzip').end(bomb)
      },
    ],
    [
      'of one endless package',
      'too-large',
      (response) => {
        const bomb = Buffer.concat([gzipSync('{"a":['), spaces(60)])
        response.setHeader('content-encoding', 'gzip').end(bomb)
      },
    ],
    ['that never comes', 'deadline', () => undefined],
  ]
  it('that cannot be read is a failure by its name, and changes nothing', async () => {
    const site = await DebianSite.start()
    site.publish(fixedIn('1.0-1'))
    const dataDirectory = await tempDirectory()
    const clock = new SkippingClock()
    const options = { ...identity, url: site.dataUrl, dataDirectory, clock }
    await createDebianData(options).refresh(NEVER)
    const kept = await readFile(join(dataDirectory, DEBIAN_DATA_FILE))
    clock.skip(DAY_MS)
    for (const [what, kind, answer] of hostile) {
      site.misbehave = (_, response) => answer(response)
      const deadlineMs = kind === 'deadline' ? 1_000 : 60_000
      const fault = await createDebianData({ ...options, deadlineMs }).refresh(NEVER)
      expect(fault?.kind, what).toBe(kind)
      expect(fault?.detail).toMatch(/^Debian’s security data: /)
      expect(await readFile(join(dataDirectory, DEBIAN_DATA_FILE))).toEqual(kept)
    }
    expect(await readdir(dataDirectory)).toEqual([DEBIAN_DATA_FILE])
  })

  it('that failed is tried again after an hour', async () => {
    const site = await DebianSite.start()
    // That it is the same as nothing is no answer.
    site.misbehave = (_, response) => response.writeHead(304).end()
    const clock = new SkippingClock()
    const data = dataOf(site, await tempDirectory(), clock)
    expect((await data.refresh(NEVER))?.kind).toBe('http-error')
    clock.skip(3_500_000)
    expect(await data.refresh(NEVER)).toBeUndefined()
    expect(site.asked).toHaveLength(1)
    clock.skip(200_000)
    expect((await data.refresh(NEVER))?.kind).toBe('http-error')
    expect(site.asked).toHaveLength(2)
  })

  it('is given up when the hub stops', async () => {
    const site = await DebianSite.start()
    const stop = new AbortController()
    site.misbehave = () => stop.abort(new Error('the hub stops'))
    await expect(dataOf(site, await tempDirectory()).refresh(stop.signal)).rejects.toThrow(
      'the hub stops',
    )
  })
})
