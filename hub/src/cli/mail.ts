// Owns `vigie mail test`: one mail of each kind through the real outbox, and what the relay answers to each.
import { setTimeout as delay } from 'node:timers/promises'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { MailDetail, MailKind, MailTestList } from '@vigie/shared/api/mail'
import { MailAddress } from '@vigie/shared/api/mail-address'
import type { Locale } from '@vigie/shared/format/locale'
import { Value } from 'typebox/value'
import { ALERT_WORDS } from './alert-words.ts'
import { CommandError } from './command-error.ts'
import type { HubApi } from './hub-api.ts'
import { withRunningHub } from './local-hub.ts'
import { parseSpan } from './times.ts'

export interface MailTestOptions {
  readonly wait: string
  readonly hub?: string
}

/** How a mail of the test stands; the newest attempt is the last of its tries. */
export type TestedMail = Pick<MailDetail, 'id' | 'kind' | 'state' | 'nextMs' | 'tries'>

const LOOK_EVERY_MS = 300

/**
 * Sends them, and tells of each mail when it was delivered or refused, and of those that still wait when the time is up.
 * Returns whether all were delivered.
 */
export async function testMail(
  to: string,
  { wait, hub }: MailTestOptions,
  onMail: (mail: TestedMail) => void,
): Promise<boolean> {
  const waitMs = parseSpan(wait)
  if (waitMs === undefined) {
    throw new CommandError(`--wait is "${wait}": a number and a unit, such as 30s, 5min`, {
      exitCode: 2,
    })
  }
  const isAddress: boolean = Value.Check(MailAddress, to)
  if (!isAddress) {
    throw new CommandError(`"${to}" is not an e-mail address`, { exitCode: 2 })
  }
  return withRunningHub(hub, async (api) => {
    const { items } = (await api.post('/api/v1/mail/test', { to })) as MailTestList
    const untilMs = performance.now() + waitMs
    const waiting = new Map<number, MailKind>(items.map(({ id, kind }) => [id, kind]))
    let areAllDelivered = true
    while (waiting.size > 0) {
      const isLast = performance.now() >= untilMs
      for (const id of waiting.keys()) {
        const mail = await mailOf(api, id)
        if (mail.state === 'waiting' && !isLast) continue
        waiting.delete(id)
        if (mail.state !== 'delivered') areAllDelivered = false
        onMail(mail)
      }
      if (waiting.size > 0) await delay(LOOK_EVERY_MS)
    }
    return areAllDelivered
  })
}

async function mailOf(api: HubApi, id: number): Promise<TestedMail> {
  return (await api.get(`/api/v1/mails/${id}`)) as MailDetail
}

export function testedLine({ kind, state, nextMs, tries }: TestedMail, locale: Locale): string {
  const words = ALERT_WORDS[locale]
  const last = tries.at(-1)
  const width = Math.max(...Object.values(words.kinds).map(({ length }) => length))
  const answer = last
    ? `${last.relay}, ${last.tookMs} ms: ${plainLine([last.code, last.answer].filter(Boolean).join(' '), 300)}`
    : words.notTried
  const again =
    state === 'waiting' && nextMs !== null
      ? `; ${words.again(new Date(nextMs).toLocaleTimeString(locale === 'fr' ? 'fr-FR' : 'en-GB'))}`
      : ''
  return `${words.kinds[kind].padEnd(width)}  ${words.mailStates[state]}  ${answer}${again}`
}
