// Owns a rule as it is being written: every kind of condition keeps what was written of it while another is tried.
import type { Condition, HostScope, MetricCondition, RuleDraft } from '@vigie/shared/api/rule'

export type ConditionKind = Condition['type']
type Conditions = { readonly [K in ConditionKind]: Extract<Condition, { type: K }> }

export interface RuleForm {
  readonly name: string
  readonly isEnabled: boolean
  readonly severity: RuleDraft['severity']
  readonly kind: ConditionKind
  readonly conditions: Conditions
  readonly scope: HostScope['type']
  readonly tags: readonly string[]
  readonly hostIds: readonly number[]
  /** Whoever is mailed by default, and not `recipients`. */
  readonly toDefault: boolean
  readonly recipients: readonly string[]
  readonly reminds: boolean
  readonly remindEveryMs: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const METRIC: MetricCondition = {
  type: 'metric',
  metric: 'system.filesystem.utilization',
  attributes: { 'system.filesystem.mountpoint': '*' },
  statistic: 'last',
  windowMs: 0,
  operator: '>',
  threshold: 0.9,
  clearAt: 0.85,
  forMs: 5 * MINUTE_MS,
  clearForMs: 0,
  onlyIfChanged: false,
}

const CONDITIONS: Conditions = {
  metric: METRIC,
  fills: {
    type: 'fills',
    mountpoint: '*',
    withinMs: 24 * HOUR_MS,
    clearMs: 48 * HOUR_MS,
    forMs: 30 * MINUTE_MS,
  },
  down: { type: 'down', graceMs: 30_000, stoppedGraceMs: 10 * MINUTE_MS },
  reboot: { type: 'reboot' },
}

export const CONDITION_KINDS = Object.keys(CONDITIONS) as ConditionKind[]

/** The usual window of a statistic that had none. */
export const USUAL_WINDOW_MS = 5 * MINUTE_MS
export const USUAL_REMINDER_MS = 4 * HOUR_MS

export function newForm(): RuleForm {
  return formOf({
    name: '',
    isEnabled: true,
    severity: 'warning',
    condition: METRIC,
    scope: { type: 'all' },
    recipients: [],
    remindEveryMs: null,
  })
}

export function formOf(rule: RuleDraft): RuleForm {
  const { name, isEnabled, severity, condition, scope, recipients, remindEveryMs } = rule
  return {
    name,
    isEnabled,
    severity,
    kind: condition.type,
    conditions: { ...CONDITIONS, [condition.type]: condition },
    scope: scope.type,
    tags: scope.type === 'tags' ? scope.tags : [],
    hostIds: scope.type === 'hosts' ? scope.hostIds : [],
    toDefault: recipients.length === 0,
    recipients,
    reminds: remindEveryMs !== null,
    remindEveryMs: remindEveryMs ?? USUAL_REMINDER_MS,
  }
}

export function draftOf(form: RuleForm): RuleDraft {
  return {
    name: form.name.trim(),
    isEnabled: form.isEnabled,
    severity: form.severity,
    condition: form.conditions[form.kind],
    scope: scopeOf(form),
    recipients: form.toDefault ? [] : [...form.recipients],
    remindEveryMs: form.reminds ? form.remindEveryMs : null,
  }
}

function scopeOf({ scope, tags, hostIds }: RuleForm): HostScope {
  switch (scope) {
    case 'all':
      return { type: 'all' }
    case 'tags':
      return { type: 'tags', tags: [...tags] }
    case 'hosts':
      return { type: 'hosts', hostIds: [...hostIds] }
  }
}

/** The form with another of its conditions, or a change to one. */
export function withCondition(form: RuleForm, condition: Condition): RuleForm {
  return { ...form, conditions: { ...form.conditions, [condition.type]: condition } }
}
