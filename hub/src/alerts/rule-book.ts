// Owns the rules in force, in memory as they are in the store.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { Clock } from '../clock.ts'
import type { DefaultRule } from './default-rules.ts'
import { isInScope } from './host-scope.ts'
import type { AlertHost, RuleStore } from './ports.ts'

export class RuleBook {
  readonly #store: RuleStore
  readonly #clock: Clock
  readonly #rules: Map<number, Rule>
  #version = 0

  /** Writes those of `defaults` that were never written: one that was changed or deleted stays as its people want it. */
  static async open(
    store: RuleStore,
    clock: Clock,
    defaults: readonly DefaultRule[],
  ): Promise<RuleBook> {
    const book = new RuleBook(store, clock, await store.list())
    const known = await store.keysEverWritten()
    for (const { key, draft } of defaults) {
      if (!known.has(key)) book.#keep(await store.create(draft, clock.nowMs(), key))
    }
    return book
  }

  private constructor(store: RuleStore, clock: Clock, rules: readonly Rule[]) {
    this.#store = store
    this.#clock = clock
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]))
  }

  list(): Rule[] {
    return [...this.#rules.values()]
  }

  get(id: number): Rule | undefined {
    return this.#rules.get(id)
  }

  /** The rule with that id, if it is switched on and means the host. */
  ruleFor(id: number, host: AlertHost | undefined): Rule | undefined {
    const rule = this.#rules.get(id)
    return rule?.isEnabled && host && isInScope(rule.scope, host) ? rule : undefined
  }

  /** Another text whenever other rules may mean the host: what was compiled for it is of one version. */
  versionFor({ tags }: AlertHost): string {
    return tags.length === 0 ? String(this.#version) : `${this.#version} ${tags.join(' ')}`
  }

  rulesFor(host: AlertHost): Rule[] {
    return this.list().filter((rule) => rule.isEnabled && isInScope(rule.scope, host))
  }

  async create(draft: RuleDraft): Promise<Rule> {
    return this.#keep(await this.#store.create(draft, this.#clock.nowMs()))
  }

  async change(id: number, draft: RuleDraft): Promise<Rule | undefined> {
    const rule = await this.#store.change(id, draft, this.#clock.nowMs())
    return rule && this.#keep(rule)
  }

  async delete(id: number): Promise<boolean> {
    const isDeleted = await this.#store.delete(id)
    this.#rules.delete(id)
    this.#version++
    return isDeleted
  }

  #keep(rule: Rule): Rule {
    this.#rules.set(rule.id, rule)
    this.#version++
    return rule
  }
}
