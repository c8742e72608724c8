// Owns how many mails a replay's episodes would have been (docs/alerts.md, N1 to N3, C1 and C4).
import { AFTER_STORM_MS, GATHER_MS, STORM, STORM_MOST_MS, STORM_QUIET_MS } from './gathering.ts'
import { CAP_MS } from './hourly-cap.ts'

export interface MailPlan {
  /** Each gets the same. */
  readonly recipients: number
  readonly remindEveryMs: number | null
  /** Up to which what is still firing is reminded of. */
  readonly toMs: number
  readonly maxMailsPerHour: number
}

interface Told {
  readonly firedMs: number
  /** Null while it goes on. */
  readonly resolvedMs: number | null
}

/** Of the episodes of all hosts, in any order. Silences and acknowledgements are not known beforehand. */
export function countMails(episodes: readonly Told[], plan: MailPlan): number {
  if (plan.recipients === 0) return 0
  const noticesMs = Float64Array.from(episodes.flatMap((one) => noticesOf(one, plan))).sort()
  const mailsMs: number[] = []
  let notBeforeMs = -Infinity
  for (let first = 0; first < noticesMs.length;) {
    const gathered = gatherMs(noticesMs, first)
    const room = (mailsMs.at(-plan.maxMailsPerHour) ?? -Infinity) + CAP_MS
    const mailMs = Math.max(gathered.mailMs, notBeforeMs, room)
    while ((noticesMs[first] ?? Infinity) <= mailMs) first++
    mailsMs.push(mailMs)
    notBeforeMs = gathered.isStorm ? mailMs + AFTER_STORM_MS : -Infinity
  }
  return mailsMs.length * plan.recipients
}

function noticesOf({ firedMs, resolvedMs }: Told, { remindEveryMs, toMs }: MailPlan): number[] {
  const notices = resolvedMs === null ? [firedMs] : [firedMs, resolvedMs]
  const endMs = resolvedMs ?? toMs
  if (remindEveryMs === null) return notices
  for (let timeMs = firedMs + remindEveryMs; timeMs < endMs; timeMs += remindEveryMs) {
    notices.push(timeMs)
  }
  return notices
}

/** When the notices from the first that waits on are composed, if nothing else holds them. */
function gatherMs(noticesMs: Float64Array, first: number): { mailMs: number; isStorm: boolean } {
  const beganMs = noticesMs[first] ?? 0
  const isStorm = (noticesMs[first + STORM] ?? Infinity) <= beganMs + GATHER_MS
  if (!isStorm) return { mailMs: beganMs + GATHER_MS, isStorm }
  let next = first + 1
  while ((noticesMs[next] ?? Infinity) - (noticesMs[next - 1] ?? 0) < STORM_QUIET_MS) next++
  const quietMs = (noticesMs[next - 1] ?? 0) + STORM_QUIET_MS
  return { mailMs: Math.min(quietMs, beganMs + STORM_MOST_MS), isStorm }
}
