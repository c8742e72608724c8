// Owns the letter of last resort: what could not be drawn is told in bare words, because it must be told.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { MailKind } from '@vigie/shared/api/mail'
import type { IncidentFacts, Letter } from '../ports.ts'
import { GROUP_WORDS } from './group-words.ts'
import type { LetterContext } from './letter-context.ts'

export function plainLetter(
  kind: MailKind,
  facts: readonly IncidentFacts[],
  { locale, links }: LetterContext,
): Letter {
  const hosts = new Set(facts.map(({ host }) => host?.id)).size
  const title = GROUP_WORDS[locale].incidentsOnHosts(facts.length, hosts)
  const lines = facts.map(({ id, rule, host }) =>
    [plainLine(host?.name ?? ''), plainLine(rule.name), links.incident(id)]
      .filter(Boolean)
      .join(', '),
  )
  return {
    kind,
    subject: `Vigie: ${title}`,
    text: `${[title, ...lines].join('\n')}\n`,
    html: null,
    images: [],
  }
}
