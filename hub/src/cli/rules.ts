// Owns `vigie rule`: the rules as sentences, and when one of them would have fired.
import { ruleName } from '@vigie/shared/alerts/rule-names'
import { ruleSentence } from '@vigie/shared/alerts/rule-sentence'
import type { Rule, RuleList } from '@vigie/shared/api/rule'
import type { Locale } from '@vigie/shared/format/locale'
import { ALERT_WORDS } from './alert-words.ts'
import { apiSource } from './api-source.ts'
import { hubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'
import { tableLines } from './table.ts'

export interface ReadRules {
  readonly rules: readonly Rule[]
  /** By id. */
  readonly hostNames: ReadonlyMap<number, string>
}

export async function readRules(hub: string | undefined): Promise<ReadRules> {
  const api = hubApi(hub)
  if (!api) {
    return withHubFiles(async ({ store }) => ({
      rules: await store.rules.list(),
      hostNames: new Map((await store.hosts.list()).map(({ id, name }) => [id, name])),
    }))
  }
  const { items } = (await api.get('/api/v1/rules')) as RuleList
  const hosts = await apiSource(api).hosts()
  return { rules: items, hostNames: new Map(hosts.map(({ id, name }) => [id, name])) }
}

export function ruleLines({ rules, hostNames }: ReadRules, locale: Locale): string[] {
  const words = ALERT_WORDS[locale]
  const rows = rules.map((rule) => [
    String(rule.id),
    rule.isEnabled ? words.severities[rule.severity] : words.off,
    ruleName(rule, locale),
    ruleSentence(rule, { hostNames }, locale),
  ])
  return tableLines([words.ruleHeadings, ...rows])
}
