// Owns advisories as JSON for webhooks (docs/webhook.md): fields are added, never renamed, while the version is 1.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { NewsKind, FieldChange, ToldAdvisory, ToldHost } from '../../cert/watch-ports.ts'
import type { Letter, MailLinks } from '../ports.ts'

export interface ToldNews {
  readonly kind: NewsKind
  readonly advisory: ToldAdvisory
  readonly changes: readonly FieldChange[]
}

/** Of each list; what is more stands at the advisory's address. */
const MAX_ITEMS = 200

/** A mail's news, in the order in which they were learnt. */
export function webhookAdvisories(
  told: readonly ToldNews[],
  links: Pick<MailLinks, 'advisory'>,
): Letter {
  const body = {
    type: 'vigie.advisories',
    version: 1,
    advisories: told.map(({ kind, advisory, changes }) => ({
      kind,
      advisory: advisoryOf(advisory),
      changes: changes.map(({ field, added, removed }) => ({
        field,
        added: cut(added),
        removed: cut(removed),
      })),
      concerned: countOf(advisory, 'concerned'),
      toCheck: countOf(advisory, 'check'),
      hosts: cut(advisory.hosts).map(hostOf),
      url: links.advisory(advisory.document.reference),
    })),
  }
  const [first] = told
  const subject =
    first && told.length === 1
      ? `${first.kind}: ${first.advisory.document.reference}, ${first.advisory.document.title}`
      : `${told.length} news of advisories`
  return {
    kind: 'advisory',
    subject: plainLine(subject, 116),
    text: JSON.stringify(body),
    html: null,
    images: [],
  }
}

function advisoryOf({ document, isRead }: ToldAdvisory) {
  const { reference, source, kind, title, url } = document
  const { publishedMs, revisedMs, closedMs, risks, affected, cves, summary, solution } = document
  return {
    reference,
    source,
    kind,
    title,
    url,
    publishedMs,
    revisedMs,
    closedMs,
    isRead,
    risks: cut(risks),
    affected: cut(affected).map(({ text }) => text),
    cves: cut(cves),
    summary,
    solution,
  }
}

function hostOf({ hostId, hostName, verdict, evidence }: ToldHost) {
  const [strongest] = evidence
  return {
    id: hostId,
    name: hostName,
    verdict,
    evidence: strongest
      ? { line: strongest.line, rule: strongest.rule, package: strongest.package ?? null }
      : null,
  }
}

function countOf({ hosts }: ToldAdvisory, verdict: ToldHost['verdict']): number {
  return hosts.filter((host) => host.verdict === verdict).length
}

function cut<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice(0, MAX_ITEMS)
}
