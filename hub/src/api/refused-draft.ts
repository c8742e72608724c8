// Owns how a draft that makes no sense is refused: a sentence for each field, in the language of who wrote it.
import { ProblemError } from '../http/problem.ts'

export interface DraftProblem {
  /** Where it is in the draft, as in `condition.threshold`. */
  readonly field: string
  readonly sentence: string
}

/** The problem that says all of them. */
export function refusal(problems: readonly DraftProblem[], part = 'body'): ProblemError {
  return new ProblemError(
    'draft-refused',
    problems.map(({ sentence }) => sentence).join(' '),
    problems.map(({ field, sentence }) => ({
      field: `${part}/${field.replaceAll('.', '/')}`,
      message: sentence,
    })),
  )
}

/** Throws it; nothing when there are none. */
export function refuse(problems: readonly DraftProblem[], part?: string): void {
  if (problems.length > 0) throw refusal(problems, part)
}
