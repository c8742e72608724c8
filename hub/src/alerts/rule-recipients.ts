// Owns whom a rule tells (docs/alerts.md, N1).
import type { Rule } from '@vigie/shared/api/rule'

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
