// Owns CERT-FR as a source: each reading in a process of its own, whose answer is looked through before it is believed.
import { Value } from 'typebox/value'
import { readInChild } from '../browser/child-reading.ts'
import { isSnap, snapFolder } from '../browser/snap-chromium.ts'
import {
  UnreadableSourceError,
  type AdvisorySource,
  type Reading,
  type WatchFailure,
} from '../ports.ts'
import { CERTFR_LISTS, CertfrAnswer, type CertfrJob } from './certfr-job.ts'
import { userAgentOf, type SourceIdentity } from './source-identity.ts'

/** A run is killed after that long, and ends by itself before. */
const DEADLINE_MS = 60_000
/** For a last picture, for ending the browser, and for a machine that is busy. */
const RESERVE_SHARE = 0.2
/** One page that does not answer leaves time for the feed. */
const PAGE_SHARE = 1 / 3

export interface CertfrSourceOptions extends SourceIdentity {
  readonly id: CertfrJob['source']
  /** Such as `https://www.cert.ssi.gouv.fr/`. */
  readonly baseUrl: string
  /** The path of a Chromium as it is now, or undefined: then the feed is read. */
  readonly browser: () => string | undefined
  readonly deadlineMs?: number
}

/** Its `read` rejects with the signal's reason when it is aborted. */
export function createCertfrSource(options: CertfrSourceOptions): AdvisorySource {
  const { id, baseUrl, browser, deadlineMs = DEADLINE_MS } = options
  return {
    id,
    url: new URL(CERTFR_LISTS[id].path, baseUrl).href,
    async read(known, signal) {
      const chromium = browser()
      const job: CertfrJob = {
        source: id,
        baseUrl,
        userAgent: userAgentOf(options),
        chromium,
        softDeadlineMs: deadlineMs * (1 - RESERVE_SHARE),
        pageTimeoutMs: deadlineMs * PAGE_SHARE,
        known,
      }
      const entry = new URL('./certfr-process.ts', import.meta.url)
      const parentFolder = chromium !== undefined && isSnap(chromium) ? snapFolder() : undefined
      const outcome = await readInChild({ entry, job, deadlineMs, signal, parentFolder })
      if (outcome.is === 'late') {
        const detail = `it was ended after ${deadlineMs / 1000} s`
        throw new UnreadableSourceError([{ kind: 'deadline', detail }])
      }
      if (outcome.is === 'died') {
        throw new UnreadableSourceError([{ kind: 'browser-died', detail: outcome.detail }])
      }
      return readingOf(outcome.answer)
    },
  }
}

function readingOf(answer: unknown): Reading {
  if (!Value.Check(CertfrAnswer, answer)) {
    const detail = 'the reading process answered what is no reading'
    throw new UnreadableSourceError([{ kind: 'bad-document', detail }])
  }
  if (answer.is === 'reading') {
    const { by, listed, isWhole, gone, documents } = answer
    return { by, listed, isWhole, gone, documents, failures: answer.failures.map(failureOf) }
  }
  const [first, ...others] = answer.failures.map(failureOf)
  const unknown: WatchFailure = { kind: 'unreachable', detail: 'nothing could be read' }
  throw new UnreadableSourceError([first ?? unknown, ...others])
}

function failureOf({ kind, detail, screenshot, html }: WatchFailureOf): WatchFailure {
  return {
    kind,
    detail,
    ...(screenshot instanceof Uint8Array && { screenshot }),
    ...(html !== undefined && { html }),
  }
}

type WatchFailureOf = Extract<CertfrAnswer, { is: 'unreadable' }>['failures'][number]
