// However a reading ends, nothing of it is left: no process, no folder. Real Chromium, real processes; where they are told by /proc.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as after } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { processesOf } from '../src/cert/browser/leftover-processes.ts'
import { certfr } from './cert-site/certfr.ts'
import { CertSite } from './cert-site/cert-site.ts'

/** Waiting for deadlines takes a while: VIGIE_SOAK=1 waits for each. */
const isSoak = process.env['VIGIE_SOAK'] === '1'
const PREFIX = 'vigie-cert-'

/** Folders of runs; other test files may have theirs at the same time, so it is told which are new. */
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX))

/** The folder of the run that has begun since, once its browser asks the site for something. */
async function begun(site: CertSite, before: readonly string[]): Promise<string> {
  while (!site.paths.includes('/alerte/')) await once(site, 'request')
  const own = folders().filter((name) => !before.includes(name) && isOurs(name))
  expect(own).toHaveLength(1)
  return own[0] ?? ''
}

/** Runs of other test files begin at the same time: this one's child was started by this process. */
function isOurs(folder: string): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const isChild = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(
        readFileSync(`/proc/${pid}/status`, 'utf8'),
      )
      return isChild && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${folder}\0`)
    } catch {
      return false
    }
  })
}

/** Chromium's own first process in the run. */
async function browserOf(folder: string): Promise<number> {
  for (const pid of await processesOf(folder)) {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=')) return pid
  }
  throw new Error('there is no browser')
}

async function expectNothingOf(folder: string): Promise<void> {
  expect(folder).not.toBe('')
  expect(await processesOf(folder)).toEqual([])
  expect(folders()).not.toContain(folder)
}

describe.runIf(process.platform === 'linux')('nothing is left', () => {
  it('of a reading that went well, while it had a browser', async () => {
    const site = await CertSite.start()
    const before = folders()
    const reading = certfr(site).read()
    const folder = await begun(site, before)
    expect((await processesOf(folder)).length).toBeGreaterThan(2)
    await reading
    await expectNothingOf(folder)
  })

  it('of a reading that is aborted', async () => {
    const site = await CertSite.start()
    site.mood = 'tarpit'
    const before = folders()
    const stop = new AbortController()
    const reading = certfr(site).read(stop.signal)
    const folder = await begun(site, before)
    stop.abort(new Error('the hub stops'))
    await expect(reading).rejects.toThrow('the hub stops')
    await expectNothingOf(folder)
  })

  it('of a browser that is killed, and the feed is read', async () => {
    const site = await CertSite.start()
    site.mood = 'tarpit'
    const before = folders()
    const reading = certfr(site).read()
    const folder = await begun(site, before)
    process.kill(await browserOf(folder), 'SIGKILL')
    expect(await reading).toMatchObject({ by: 'feed', failures: [{ kind: 'browser-died' }] })
    await expectNothingOf(folder)
  })

  it('of a browser that hangs beyond the deadline', async () => {
    const site = await CertSite.start()
    site.mood = 'tarpit'
    const before = folders()
    const reading = certfr(site, { deadlineMs: 12_000 }).fails()
    const folder = await begun(site, before)
    // Neither a signal nor a closed pipe ends a process that is stopped.
    for (const pid of await processesOf(folder)) process.kill(pid, 'SIGSTOP')
    expect((await reading).failures).toMatchObject([{ kind: 'deadline' }])
    await expectNothingOf(folder)
  })

  it.runIf(isSoak)('of a reading process that hangs beyond the deadline', async () => {
    const site = await CertSite.start()
    site.mood = 'tarpit'
    const before = folders()
    const reading = certfr(site, { deadlineMs: 8_000 }).fails()
    const folder = await begun(site, before)
    process.kill(parentOf(await browserOf(folder)), 'SIGSTOP')
    expect((await reading).failures).toMatchObject([{ kind: 'deadline' }])
    await expectNothingOf(folder)
  })

  it('of a reading process that is killed', async () => {
    const site = await CertSite.start()
    site.mood = 'tarpit'
    const before = folders()
    const reading = certfr(site).fails()
    const folder = await begun(site, before)
    process.kill(parentOf(await browserOf(folder)), 'SIGKILL')
    expect((await reading).failures).toMatchObject([{ kind: 'browser-died' }])
    await expectNothingOf(folder)
  })

  it('of a hub that is killed', async () => {
    const site = await CertSite.start()
    site.mood = 'tarpit'
    const before = folders()
    const hub = fork(new URL('./cert-site/lone-reader.ts', import.meta.url), [site.url], {
      execArgv: [],
    })
    while (!site.paths.includes('/alerte/')) await once(site, 'request')
    const own = folders().filter((name) => !before.includes(name))
    hub.kill('SIGKILL')
    await once(hub, 'exit')
    // Who was to tidy up is gone: what is left ends by itself, soon after.
    for (const folder of own) {
      while (folders().includes(folder) || (await processesOf(folder)).length > 0) await after(100)
    }
    expect(own.length).toBeGreaterThan(0)
  })
})

function parentOf(pid: number): number {
  const found = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1])
}
