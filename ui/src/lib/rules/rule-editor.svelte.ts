// Owns a rule while somebody writes it: what is wrong with it, what it would say now and would have said, and its saving.
import { ruleName } from '@vigie/shared/alerts/rule-names'
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import { ApiProblem } from '../api/api-problem.ts'
import { draftOf, newForm, formOf, type RuleForm } from './rule-form.ts'
import { faultsOf, faultsTold, type Faults, type Speaker } from './rule-faults.ts'

export interface RuleKeeping {
  readonly createRule: (draft: RuleDraft) => Promise<Rule>
  readonly changeRule: (id: number, draft: RuleDraft) => Promise<Rule>
}

/** Of these nothing is said before somebody tries to save: nobody has had the time to write them. */
const LATE_FIELDS = ['name', 'scope', 'recipients', 'condition.threshold', 'condition.clearAt']

/** Without these a rule can be tried. */
const UNTRIED_FIELDS = ['name', 'recipients', 'remindEveryMs']
const UNNAMED = '-'

export class RuleEditor {
  form = $state.raw<RuleForm>(newForm())
  isSaving = $state(false)
  problem = $state.raw<unknown>(null)

  readonly #id: number | null
  readonly #keeping: RuleKeeping
  readonly #speaker: () => Speaker
  #hasTried = $state(false)
  /** What the hub found wrong, with the draft as it was then. */
  #refused = $state.raw<{ readonly draft: RuleDraft; readonly faults: Faults } | null>(null)

  #name: { readonly shown: string; readonly kept: string } | null = null

  readonly draft: RuleDraft = $derived.by(() => {
    const draft = draftOf(this.form)
    return draft.name === this.#name?.shown ? { ...draft, name: this.#name.kept } : draft
  })
  readonly #faults: Faults = $derived.by(() => faultsOf(this.form, this.#speaker()))
  readonly isSound: boolean = $derived(this.#faults.size === 0)
  /** Whether there is a number wherever its sentence has one. */
  readonly isWhole: boolean = $derived(areNumbersIn(this.draft))
  /** What can be tried of it, named or not; null where that makes no sense. */
  readonly trial: RuleDraft | null = $derived.by(() => {
    if ([...this.#faults.keys()].some((field) => !UNTRIED_FIELDS.includes(field))) return null
    const { name, remindEveryMs } = this.draft
    const isReminder = remindEveryMs !== null && !this.#faults.has('remindEveryMs')
    return {
      ...this.draft,
      name: name === '' ? UNNAMED : name,
      remindEveryMs: isReminder ? remindEveryMs : null,
    }
  })

  /** How many things keep it from being saved, once somebody tried. */
  readonly faultCount: number = $derived(this.#hasTried ? this.#faults.size : 0)

  /** A rule that is there, or a new one. */
  constructor(rule: Rule | null, keeping: RuleKeeping, speaker: () => Speaker) {
    this.#id = rule?.id ?? null
    this.#keeping = keeping
    this.#speaker = speaker
    if (!rule) return
    // A rule that every hub begins with has its name in the reader's language until somebody gives it another.
    this.#name = { shown: ruleName(rule, speaker().locale), kept: rule.name }
    this.form = { ...formOf(rule), name: this.#name.shown }
  }

  change(part: Partial<RuleForm>): void {
    this.form = { ...this.form, ...part }
  }

  /** What to say beside a field. */
  fault(field: string): string | undefined {
    const refused =
      this.#refused?.draft === this.draft ? this.#refused.faults.get(field) : undefined
    const isEarly = !this.#hasTried && this.#id === null && LATE_FIELDS.includes(field)
    const fault = refused ?? this.#faults.get(field)
    return isEarly && !this.#isWritten(field) ? undefined : fault
  }

  /** Whether it is kept. Says beside its fields what is wrong, where something is. */
  async save(): Promise<boolean> {
    this.#hasTried = true
    if (!this.isSound || this.isSaving) return false
    const draft = this.draft
    this.isSaving = true
    this.problem = null
    try {
      await (this.#id === null
        ? this.#keeping.createRule(draft)
        : this.#keeping.changeRule(this.#id, draft))
      return true
    } catch (problem) {
      this.#refuse(draft, problem)
      return false
    } finally {
      this.isSaving = false
    }
  }

  #isWritten(field: string): boolean {
    const { condition } = this.draft
    if (condition.type !== 'metric' || !field.startsWith('condition.')) return false
    return Number.isFinite(condition.threshold) && Number.isFinite(condition.clearAt)
  }

  #refuse(draft: RuleDraft, problem: unknown): void {
    this.problem = problem
    if (problem instanceof ApiProblem) this.#refused = { draft, faults: faultsTold(problem) }
  }
}

function areNumbersIn({ condition, remindEveryMs }: RuleDraft): boolean {
  return [...Object.values(condition), remindEveryMs].every(
    (value) => typeof value !== 'number' || Number.isFinite(value),
  )
}
