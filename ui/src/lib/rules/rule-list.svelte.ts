// Owns the rules as the settings list them: read, switched on and off, and taken away.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import { draftOf, formOf } from './rule-form.ts'

export interface RuleListSource {
  readonly rules: () => Promise<readonly Rule[]>
  readonly changeRule: (id: number, draft: RuleDraft) => Promise<Rule>
  readonly deleteRule: (id: number) => Promise<void>
}

export class RuleListState {
  /** Null until they are read. */
  rules = $state.raw<readonly Rule[] | null>(null)
  problem = $state.raw<unknown>(null)
  /** Why the newest switch did not move. */
  switchProblem = $state.raw<unknown>(null)

  readonly #source: RuleListSource

  constructor(source: RuleListSource) {
    this.#source = source
  }

  async read(): Promise<void> {
    try {
      this.rules = await this.#source.rules()
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }

  async turn(rule: Rule, isEnabled: boolean): Promise<void> {
    try {
      const draft = { ...draftOf(formOf(rule)), isEnabled }
      this.#put(await this.#source.changeRule(rule.id, draft))
      this.switchProblem = null
    } catch (problem) {
      this.switchProblem = problem
    }
  }

  async delete(id: number): Promise<void> {
    await this.#source.deleteRule(id)
    this.rules = this.rules?.filter((rule) => rule.id !== id) ?? null
  }

  #put(changed: Rule): void {
    this.rules = this.rules?.map((rule) => (rule.id === changed.id ? changed : rule)) ?? null
  }
}
