// Owns the process of one reading of CERT-FR: it is told its job, answers once, and ends when its browser is gone; also when it is
// told to stop, and when the hub is gone.
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { openSiteSession, type SiteSession } from '../browser/site-session.ts'
import { proxyFor } from '../company-proxy.ts'
import type { CertfrJob } from './certfr-job.ts'
import { readCertfr } from './certfr-reading.ts'
import { failureOf, SourceFault } from './source-fault.ts'

/** Documents are a few megabytes; one that unpacks to more than memory holds must not take the machine with it. */
const MAX_MEMORY_BYTES = 700_000_000
const LOOK_EVERY_MS = 100

const ending = new AbortController()
let session: SiteSession | undefined
let leaving: Promise<never> | undefined
let isOrphan = false

process.on('message', (message) => {
  const { is, job } = message as { is: 'job' | 'stop'; job?: CertfrJob }
  if (is === 'stop') void leave()
  else if (job) void run(job)
})
process.on('disconnect', () => {
  isOrphan = true
  void leave()
})

async function run(job: CertfrJob): Promise<void> {
  setTimeout(() => {
    ending.abort(new SourceFault('deadline', `it took more than ${job.softDeadlineMs / 1000} s`))
  }, job.softDeadlineMs)
  setInterval(() => {
    if (process.memoryUsage.rss() > MAX_MEMORY_BYTES) giveUp()
  }, LOOK_EVERY_MS)
  try {
    session = await openSiteSession({
      site: new URL(job.baseUrl),
      proxy: proxyFor(new URL(job.baseUrl)),
      userAgent: job.userAgent,
      chromium: job.chromium,
      pageTimeoutMs: job.pageTimeoutMs,
      onBrowser: (pid) => tell({ is: 'browser', pid }),
      signal: ending.signal,
    })
    tell({ is: 'answer', answer: await readCertfr(session, job, ending.signal) })
  } catch (error) {
    if (error instanceof SourceFault) {
      tell({ is: 'answer', answer: { is: 'unreadable', failures: [failureOf(error)] } })
      return await leave()
    }
    // A fault of our own: the hub tells it as the process's last words.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
  await leave()
}

function giveUp(): void {
  const detail = 'what the source sent unpacks to more than memory holds'
  tell({ is: 'answer', answer: { is: 'unreadable', failures: [{ kind: 'too-large', detail }] } })
  void leave()
}

/** Whatever is under way: nobody waits for it any more. */
function leave(): Promise<never> {
  leaving ??= close()
  return leaving
}

async function close(): Promise<never> {
  ending.abort(new SourceFault('deadline', 'the run was ended'))
  await session?.close()
  // The hub would have removed it: TMPDIR is this run's own folder.
  if (isOrphan) {
    rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  process.exit()
}

function tell(message: object): void {
  if (process.connected) process.send?.(message)
}
