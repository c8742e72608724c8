// Owns what keeps a rule from being saved, by field and in words: what the hub's schema does not take, then what makes no sense.
import { draftProblems } from '@vigie/shared/alerts/draft-problems'
import { spanInWords } from '@vigie/shared/alerts/phrase'
import type { Condition, RuleDraft } from '@vigie/shared/api/rule'
import type { ApiProblem } from '../api/api-problem.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { draftOf, type RuleForm } from './rule-form.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
}

/** A sentence for each field, named as in the draft: `condition.threshold`. */
export type Faults = ReadonlyMap<string, string>

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

type Range = readonly [leastMs: number, mostMs: number]

/** As the schema of the API has them (shared/src/api/rule.ts). */
const GRACE: Range = [10 * SECOND_MS, 7 * DAY_MS]
const LASTING: Range = [0, 7 * DAY_MS]
export const SPAN_LIMITS = {
  'condition.windowMs': [0, HOUR_MS],
  'condition.forMs': LASTING,
  'condition.clearForMs': LASTING,
  'condition.withinMs': [15 * MINUTE_MS, 30 * DAY_MS],
  'condition.clearMs': [15 * MINUTE_MS, 60 * DAY_MS],
  'condition.graceMs': GRACE,
  'condition.stoppedGraceMs': GRACE,
  remindEveryMs: [5 * MINUTE_MS, 30 * DAY_MS],
} as const satisfies Record<string, Range>

export function faultsOf(form: RuleForm, speaker: Speaker): Faults {
  const { t, locale } = speaker
  const draft = draftOf(form)
  const faults = new Map<string, string>()
  for (const [field, spanMs] of spansOf(draft)) {
    const sentence = spanFault(spanMs, SPAN_LIMITS[field], speaker)
    if (sentence !== null) faults.set(field, sentence)
  }
  if (draft.scope.type === 'tags' && draft.scope.tags.length === 0) {
    faults.set('scope', t('incidents:silenceNoTag'))
  }
  if (draft.scope.type === 'hosts' && draft.scope.hostIds.length === 0) {
    faults.set('scope', t('incidents:silenceNobody'))
  }
  if (!form.toDefault && form.recipients.length === 0) {
    faults.set('recipients', t('rules:noRecipient'))
  }
  if (draft.condition.type === 'fills' && draft.condition.mountpoint === '') {
    faults.set('condition.mountpoint', t('rules:giveMountpoint'))
  }
  // What they say of a span is only of use where there is one.
  const areSpansGood = spansOf(draft).every(([field]) => !faults.has(field))
  for (const { field, sentence } of areSpansGood ? draftProblems(draft, locale) : []) {
    if (!faults.has(field)) faults.set(field, sentence)
  }
  return faults
}

/** What the hub found wrong. */
export function faultsTold({ faults }: ApiProblem): Faults {
  return new Map(
    faults.map(({ field, message }) => [
      field.replace(/^body\//, '').replaceAll('/', '.'),
      message,
    ]),
  )
}

type SpanField = keyof typeof SPAN_LIMITS

function spansOf({ condition, remindEveryMs }: RuleDraft): [SpanField, number][] {
  const reminder: [SpanField, number][] =
    remindEveryMs === null ? [] : [['remindEveryMs', remindEveryMs]]
  return [...spansOfCondition(condition), ...reminder]
}

function spansOfCondition(condition: Condition): [SpanField, number][] {
  switch (condition.type) {
    case 'metric':
      return [
        ['condition.windowMs', condition.windowMs],
        ['condition.forMs', condition.forMs],
        ['condition.clearForMs', condition.clearForMs],
      ]
    case 'fills':
      return [
        ['condition.withinMs', condition.withinMs],
        ['condition.clearMs', condition.clearMs],
        ['condition.forMs', condition.forMs],
      ]
    case 'down': {
      const { graceMs, stoppedGraceMs } = condition
      const grace: [SpanField, number] = ['condition.graceMs', graceMs]
      return stoppedGraceMs === null
        ? [grace]
        : [grace, ['condition.stoppedGraceMs', stoppedGraceMs]]
    }
    case 'reboot':
      return []
  }
}

function spanFault(spanMs: number, [leastMs, mostMs]: Range, { t, locale }: Speaker) {
  if (!Number.isFinite(spanMs)) return t('rules:giveNumber')
  if (spanMs >= leastMs && spanMs <= mostMs && Number.isInteger(spanMs)) return null
  return leastMs === 0
    ? t('rules:spanAtMost', { most: spanInWords(mostMs, locale) })
    : t('rules:spanBetween', {
        least: spanInWords(leastMs, locale),
        most: spanInWords(mostMs, locale),
      })
}
