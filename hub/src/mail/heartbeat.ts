// Owns the heartbeat: an address outside that is called while the hub is well, and notices when it is called no more.
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { answerOf, basicAuthorization, withoutCredentials, wordsOfFault } from './http-call.ts'
import { createWakeLoop } from './wake-loop.ts'

export interface HeartbeatOptions {
  readonly url: URL
  /** Whether the hub does what it is for. */
  readonly isHealthy: () => boolean | Promise<boolean>
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly everyMs?: number
  readonly timeoutMs?: number
}

export interface HeartbeatState {
  readonly host: string
  /** When it was last called. */
  readonly lastMs: number | null
  /** What came of that. */
  readonly answer: string | null
}

/** Calls at once, and then each minute. */
export function startHeartbeat(options: HeartbeatOptions) {
  const { url, isHealthy, clock, log, everyMs = 60_000, timeoutMs = 20_000 } = options
  const authorization = basicAuthorization(url)
  const closing = new AbortController()
  let state: HeartbeatState = { host: url.host, lastMs: null, answer: null }
  let isFailing = false

  const call = async (): Promise<{ isHeard: boolean; answer: string }> => {
    try {
      const response = await fetch(withoutCredentials(url), {
        headers: { 'user-agent': 'Vigie', ...(authorization && { authorization }) },
        // Who answers there does not say what else the hub calls, once a minute, in the network that it stands in.
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
      })
      return { isHeard: response.ok, answer: await answerOf(response) }
    } catch (error) {
      return { isHeard: false, answer: wordsOfFault(error) }
    }
  }

  const isWell = async (): Promise<boolean> => {
    try {
      return await isHealthy()
    } catch (error) {
      log.debug({ err: error }, 'the hub cannot say that it is well')
      return false
    }
  }

  const loop = createWakeLoop(async () => {
    if (!(await isWell())) return everyMs
    const lastMs = clock.nowMs()
    const startedMs = clock.elapsedMs()
    const { isHeard, answer } = await call()
    if (closing.signal.aborted) return everyMs
    state = { host: url.host, lastMs, answer }
    if (!isHeard && !isFailing) log.warn({ host: url.host, answer }, 'the heartbeat is not heard')
    if (isHeard && isFailing) log.info({ host: url.host }, 'the heartbeat is heard again')
    isFailing = !isHeard
    // A slow answer makes no beat late.
    return Math.max(everyMs - (clock.elapsedMs() - startedMs), 0)
  })

  loop.wake()
  return {
    state: () => state,
    async close(): Promise<void> {
      closing.abort()
      await loop.close()
    },
  }
}

export type Heartbeat = ReturnType<typeof startHeartbeat>
