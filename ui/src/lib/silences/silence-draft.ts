// Owns a silence as it is being written, and whether it can be made.
import type { HostScope } from '@vigie/shared/api/rule'
import type { SilenceDraft } from '@vigie/shared/api/silence'

/** How long, in minutes; `until` a moment that is chosen. */
export const SPANS = ['30', '120', '480', '1440', 'until'] as const
export type Span = (typeof SPANS)[number]

export interface SilenceForm {
  readonly scope: HostScope['type']
  readonly tags: readonly string[]
  readonly hostIds: readonly number[]
  readonly anyRule: boolean
  readonly ruleIds: readonly number[]
  readonly span: Span
  /** As a field for date and time writes it, in the viewer's zone. */
  readonly until: string
  readonly comment: string
}

/** What a silence is about when its dialog opens; nothing for all hosts and rules. */
export interface SilenceStart {
  readonly hostIds?: readonly number[]
  readonly ruleIds?: readonly number[]
}

export type SilenceFault = 'silenceNobody' | 'silenceNoTag' | 'silenceNoRule' | 'silenceUntilBad'

export function formFor({ hostIds = [], ruleIds = [] }: SilenceStart): SilenceForm {
  return {
    scope: hostIds.length > 0 ? 'hosts' : 'all',
    tags: [],
    hostIds,
    anyRule: ruleIds.length === 0,
    ruleIds,
    span: '120',
    until: '',
    comment: '',
  }
}

/** When it would end; NaN when what was typed is no time. */
export function endMs({ span, until }: SilenceForm, nowMs: number): number {
  return span === 'until' ? Date.parse(until) : nowMs + Number(span) * 60_000
}

/** What keeps it from being made; null when nothing does. */
export function faultOf(form: SilenceForm, nowMs: number): SilenceFault | null {
  if (form.scope === 'hosts' && form.hostIds.length === 0) return 'silenceNobody'
  if (form.scope === 'tags' && form.tags.length === 0) return 'silenceNoTag'
  if (!form.anyRule && form.ruleIds.length === 0) return 'silenceNoRule'
  return endMs(form, nowMs) > nowMs ? null : 'silenceUntilBad'
}

export function draftOf(form: SilenceForm, nowMs: number): SilenceDraft {
  return {
    scope: scopeOf(form),
    ruleIds: form.anyRule ? [] : [...form.ruleIds],
    startsMs: Math.floor(nowMs),
    endsMs: Math.floor(endMs(form, nowMs)),
    comment: form.comment.trim(),
  }
}

export function scopeOf({ scope, tags, hostIds }: SilenceForm): HostScope {
  switch (scope) {
    case 'all':
      return { type: 'all' }
    case 'tags':
      return { type: 'tags', tags: [...tags] }
    case 'hosts':
      return { type: 'hosts', hostIds: [...hostIds] }
  }
}
