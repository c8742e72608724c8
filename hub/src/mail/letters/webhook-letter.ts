// Owns notices as JSON for webhooks (docs/webhook.md): fields are added, never renamed, while the version is 1.
import { incidentDetail, incidentTitle } from '@vigie/shared/alerts/incident-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { MailKind } from '@vigie/shared/api/mail'
import type { IncidentFacts, Letter, MailLinks, WaitingNotice } from '../ports.ts'
import { toldOf } from './letter-context.ts'

export interface WebhookNotice {
  readonly kind: WaitingNotice['kind']
  readonly facts: IncidentFacts
}

export function webhookLetter(
  kind: MailKind,
  notices: readonly WebhookNotice[],
  links: Pick<MailLinks, 'incident'>,
): Letter {
  const body = {
    type: 'vigie.notices',
    version: 1,
    notices: notices.map((notice) => ({
      kind: notice.kind,
      incident: incidentOf(notice.facts),
      url: links.incident(notice.facts.id),
    })),
  }
  const [first] = notices
  const subject =
    first && notices.length === 1
      ? `${first.kind}: ${incidentTitle(toldOf(first.facts), 'en')}`
      : `${notices.length} notices`
  return {
    kind,
    subject: plainLine(subject, 116),
    text: JSON.stringify(body),
    html: null,
    images: [],
  }
}

function incidentOf(facts: IncidentFacts) {
  const { id, kind, rule, severity, state, series, sinceMs, firedMs } = facts
  const { resolvedMs, resolvedWhy, owner, value, worst, host } = facts
  return {
    id,
    kind,
    severity,
    state,
    title: incidentTitle(toldOf(facts), 'en'),
    detail: incidentDetail(toldOf(facts), 'en'),
    rule: { id: rule.id, key: rule.key, name: rule.name },
    host: host === null ? null : { id: host.id, name: host.name },
    series,
    value,
    worst,
    owner,
    sinceMs,
    firedMs,
    resolvedMs,
    resolvedWhy,
  }
}
