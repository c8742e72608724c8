// Owns how is said what kept a change of one's own account from being made, where the hub's words are not enough.
import { ApiProblem } from '../api/api-problem.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

/** Undefined for what has no words of its own here. `wait` is said of too many tries. */
export function accountProblem(
  problem: unknown,
  t: typeof Translate,
  wait = t('account:passwordWait'),
): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  switch (problem.code) {
    case 'wrong-password':
      return t('account:passwordWrong')
    case 'wrong-code':
      return t('account:codeWrong')
    case 'no-password':
      return t('account:providerKeeps')
    case 'too-many-requests':
      return wait
    default:
      return undefined
  }
}
