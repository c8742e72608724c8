// Owns which rule a person means: by its id, its key or its name, with near matches when there is none.
import { ruleName } from '@vigie/shared/alerts/rule-names'
import type { Rule } from '@vigie/shared/api/rule'
import { LOCALES } from '@vigie/shared/format/locale'
import { CommandError } from './command-error.ts'
import { nearest } from './named-host.ts'

/** Throws a {@link CommandError} that says which rules are like it. */
export function namedRule(rules: readonly Rule[], written: string): Rule {
  const wanted = written.toLowerCase()
  const rule =
    rules.find(({ id }) => String(id) === written) ??
    rules.find(({ key }) => key === written) ??
    rules.find((one) => namesOf(one).some((name) => name.toLowerCase() === wanted))
  if (rule) return rule
  const near = nearest(
    rules.flatMap((one) => [...(one.key === null ? [] : [one.key]), ...namesOf(one)]),
    written,
  ).slice(0, 3)
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : '`vigie rule list` lists them'
  throw new CommandError(`there is no rule "${written}": ${hint}`)
}

function namesOf(rule: Rule): string[] {
  return [...new Set(LOCALES.map((locale) => ruleName(rule, locale)))]
}
