// Owns which words tell why the hub let nobody in.
import { ApiProblem } from '../api/api-problem.ts'
import { formatDuration } from '../format/duration.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
}

/** One line for a person. Wrong pairs, wrong codes and too many attempts have words of their own. */
export function entryProblem(problem: unknown, { t, locale }: Speaker): string {
  if (!(problem instanceof ApiProblem)) throw problem
  if (problem.isUnreachable) return t('common:errorUnreachable')
  if (problem.code === 'wrong-code') return t('session:wrongCode')
  if (problem.code === 'signed-out') return t('session:secondLate')
  if (problem.status === 401 || problem.status === 403) return t('session:wrong')
  if (problem.status === 429) {
    const { retryAfterS } = problem
    if (retryAfterS === undefined) return t('session:slowDown')
    return t('session:slowDownFor', { time: formatDuration(retryAfterS * 1000, locale) })
  }
  return t('session:refused', { detail: problem.message })
}

/** Whether the link itself was refused, and not what was written into the form. */
export function isLinkRefused(problem: unknown): boolean {
  return problem instanceof ApiProblem && [401, 403, 404, 409, 410].includes(problem.status)
}
