// Owns whom a rule tells (docs/alerts.md, N1), and whom an incident is told to as the rules are now (C5).
import type { Rule } from '@vigie/shared/api/rule'
import type { IncidentRecord } from './ports.ts'

/** Those that it names, or everybody who is told by default; a webhook hears of everything. */
export function recipientsOf(
  { recipients }: Pick<Rule, 'recipients'>,
  byDefault: readonly string[],
): string[] {
  const webhook = byDefault.filter((recipient) => recipient === 'webhook')
  const meant = recipients.length === 0 ? byDefault : [...recipients, ...webhook]
  // One mailbox, however people write it, has one thread and one cap.
  const spelt = new Map(byDefault.map((address) => [address.toLowerCase(), address]))
  const told = new Map<string, string>()
  for (const address of meant) {
    const key = address.toLowerCase()
    if (!told.has(key)) told.set(key, spelt.get(key) ?? address)
  }
  return [...told.values()]
}

/** Nobody, when its rule is gone. */
export function meantFor(
  { kind, rule }: Pick<IncidentRecord, 'kind' | 'rule'>,
  rules: readonly Rule[],
  byDefault: readonly string[],
): string[] {
  // That one speaks for hosts of other rules, too.
  const isOfIt = ({ id, condition }: Rule): boolean =>
    kind === 'lost-sight' ? condition.type === 'down' : id === rule.id
  return [...new Set(rules.filter(isOfIt).flatMap((each) => recipientsOf(each, byDefault)))]
}
