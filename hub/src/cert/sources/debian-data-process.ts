// Owns the process of one reading of Debian's security data: it is told its job, answers once and ends; also when it is told to
// stop, and when the hub is gone.
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { askRobots, bodyOf, withAnswer } from './bounded-fetch.ts'
import type { DataMark, DebianDataAnswer, DebianDataJob } from './debian-data-job.ts'
import { readDebianData } from './debian-data-reading.ts'
import { MAX_DEBIAN_DATA_BYTES } from './limits.ts'
import { failureOf, SourceFault } from './source-fault.ts'

/** The whole data takes a third of it. */
const MAX_MEMORY_BYTES = 700_000_000

process.on('message', (message) => {
  const { is, job } = message as { is: 'job' | 'stop'; job?: DebianDataJob }
  if (is === 'stop') process.exit()
  else if (job) void run(job)
})
process.on('disconnect', () => {
  // The hub would have removed it: TMPDIR is this run's own folder.
  rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  process.exit()
})

async function run(job: DebianDataJob): Promise<void> {
  const answer = await answerOf(job)
  process.send?.({ is: 'answer', answer }, () => process.exit())
}

async function answerOf(job: DebianDataJob): Promise<DebianDataAnswer> {
  const { url, userAgent, timeoutMs, mark } = job
  const options = {
    userAgent,
    timeoutMs,
    maxBytes: MAX_DEBIAN_DATA_BYTES,
    signal: new AbortController().signal,
  }
  try {
    await askRobots(url, options)
    const conditional = { ...options, headers: conditionsOf(mark) }
    return await withAnswer(url, conditional, async (response) => {
      const hasAsked = Object.keys(conditional.headers).length > 0
      if (response.status === 304 && hasAsked) return { is: 'same' }
      const chunks = withinMemory(bodyOf(response, url, MAX_DEBIAN_DATA_BYTES))
      const { packages, fixes } = await readDebianData(chunks)
      return {
        is: 'read',
        mark: markOf(response.headers),
        text: JSON.stringify(packages),
        packages: Object.keys(packages).length,
        fixes,
      }
    })
  } catch (error) {
    const { kind, detail } = failureOf(error)
    return { is: 'failed', kind, detail }
  }
}

async function* withinMemory(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (process.memoryUsage.rss() > MAX_MEMORY_BYTES) {
      throw new SourceFault('too-large', 'the data unpacks to more than memory holds')
    }
    yield chunk
  }
}

function conditionsOf({ etag, lastModified }: DataMark): Record<string, string> {
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  }
}

function markOf(headers: Headers): DataMark {
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')]
  return {
    ...(etag !== null && etag.length <= 500 && { etag }),
    ...(lastModified !== null && lastModified.length <= 100 && { lastModified }),
  }
}
