// The way of a mail from the decision that there is something to tell to the end of its delivery, in the steps at which a
// hub may die.
import { once } from 'node:events'
import type { Mood } from './mail-relay.ts'
import { RECIPIENTS, type MailingHub } from './mailing-hub.ts'
import { lockDatabase } from './test-hub.ts'

export interface Transition {
  readonly kind: 'opened' | 'resolved'
  /** How many incidents have opened with it. */
  readonly incidents: number
  /** Makes it happen. */
  readonly happen: () => Promise<void>
  /** Resolves when the hub has all ticks that told it, which are not sent again. */
  readonly acknowledged: () => Promise<void>
}

export interface KillStep {
  readonly name: string
  /** How the relay is meanwhile; otherwise it takes everything. */
  readonly mood?: Mood
  /** Whether a mail may come twice, as only the other end knows that it has come (docs/alerts.md, M4). */
  readonly mayRepeat?: true
  /** Resolves when the hub is to die, with what is to be given back when it is dead. */
  readonly reach: (
    hub: MailingHub,
    transition: Transition,
  ) => Promise<{ release(): void } | undefined>
}

/** Where the relay says nothing more; `event` is what it emits there. */
const silent = (
  name: string,
  { mood, event, ...more }: Pick<KillStep, 'mayRepeat'> & { mood: Mood; event: string },
): KillStep => ({
  name,
  mood,
  ...more,
  reach: async ({ relay }, { happen }) => {
    const there = once(relay, event)
    await happen()
    await there
    return undefined
  },
})

export const KILL_STEPS: readonly KillStep[] = [
  {
    name: 'its tick acknowledged',
    reach: async (_, { happen, acknowledged }) => {
      await happen()
      await acknowledged()
      return undefined
    },
  },
  {
    name: 'decided, not committed',
    reach: async (hub, { kind, happen }) => {
      const to = kind === 'opened' ? 'firing' : 'resolved'
      const decided = `vigie_incident_transitions_total{to="${to}"}`
      const before = await hub.figure(decided)
      const lock = lockDatabase(hub.dataDirectory)
      await happen()
      await hub.untilFigure(decided, before + 1)
      return lock
    },
  },
  {
    name: 'committed, not composed',
    reach: async ({ file }, { kind, happen }) => {
      await happen()
      await file.until(() =>
        file.notices().some((notice) => notice.kind === kind && notice.mail_id === null),
      )
      return undefined
    },
  },
  {
    name: 'composed, no relay there',
    reach: async ({ file, relay }, { happen }) => {
      await relay.close()
      await happen()
      const isWaiting = ({ state }: { state: string }): boolean => state === 'waiting'
      await file.until(() => file.mails().filter(isWaiting).length === RECIPIENTS.length)
      return undefined
    },
  },
  silent('connected, not greeted', { mood: 'silent', event: 'session' }),
  silent('after MAIL FROM', { mood: 'silentAtSender', event: 'silence' }),
  silent('after RCPT TO', { mood: 'silentAtRecipient', event: 'silence' }),
  silent('at the beginning of DATA', { mood: 'silentInData', event: 'silence' }),
  silent('at the end of DATA', { mood: 'silentAfterData', event: 'arrived', mayRepeat: true }),
  {
    name: 'accepted, which cannot be committed',
    mayRepeat: true,
    reach: async (hub, { happen }) => {
      const failures = 'vigie_mail_record_failures_total'
      const before = await hub.figure(failures)
      // Within the event, as the answer leaves right after it.
      const locked = new Promise<ReturnType<typeof lockDatabase>>((resolve) => {
        hub.relay.once('answering', () => resolve(lockDatabase(hub.dataDirectory)))
      })
      await happen()
      const lock = await locked
      await hub.untilFigure(failures, before + 1)
      return lock
    },
  },
  {
    name: 'delivered, which is committed',
    reach: async ({ file }, { kind, incidents, happen }) => {
      await happen()
      await file.until(() => file.isTold(kind, incidents * RECIPIENTS.length))
      return undefined
    },
  },
]
