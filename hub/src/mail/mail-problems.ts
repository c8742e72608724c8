// Owns that people hear of mail that does not leave, on the page, since no mail can tell them (docs/alerts.md, M5).
import type { HubProblem } from '@vigie/shared/api/hub-state'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { OutboxStore } from './ports.ts'
import { createWakeLoop } from './wake-loop.ts'

export interface MailProblemsParts {
  readonly outbox: Pick<OutboxStore, 'trouble'>
  readonly problems: {
    raise(kind: HubProblem['kind'], detail: string): void
    clear(kind: HubProblem['kind']): void
  }
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly lookEveryMs?: number
}

const WAITING_MS = 60_000
const FAILED_MS = 3_600_000

export function watchMail(parts: MailProblemsParts) {
  const { outbox, problems, clock, log, lookEveryMs = 15_000 } = parts
  const loop = createWakeLoop(async () => {
    const nowMs = clock.nowMs()
    try {
      const trouble = await outbox.trouble({
        waitingSinceMs: nowMs - WAITING_MS,
        failedSinceMs: nowMs - FAILED_MS,
      })
      const detail = troubleDetail(trouble)
      if (detail === undefined) problems.clear('mail-failing')
      else problems.raise('mail-failing', detail)
    } catch (error) {
      // The hub has other words for a database that does not answer.
      log.debug({ err: error }, 'the outbox cannot be looked into')
    }
    return lookEveryMs
  })
  loop.wake()
  return {
    /** Looks now: an attempt was made. */
    look: loop.wake,
    close: loop.close,
  }
}

type Trouble = Awaited<ReturnType<OutboxStore['trouble']>>

/** One sentence; undefined when all is well. */
function troubleDetail({ waiting, failed, answer }: Trouble): string | undefined {
  const counts = [
    ...(waiting > 0 ? [`${mails(waiting)} not delivered yet and tried again`] : []),
    ...(failed > 0 ? [`${mails(failed)} given up within the last hour`] : []),
  ]
  if (counts.length === 0) return undefined
  return `${counts.join(', ')}; the last answer: ${answer ?? 'none'}`
}

function mails(count: number): string {
  return count === 1 ? '1 mail is' : `${count} mails are`
}
