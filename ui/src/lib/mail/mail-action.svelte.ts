// Owns what the button of a mail leads to: what it would do is looked up, and done only when somebody confirms it.
import type { MailAction, MailActionOutcome } from '@vigie/shared/api/mail-action'
import { ApiProblem } from '../api/api-problem.ts'
import type { confirmAction, inspectAction } from '../api/mail.ts'

/** `missing`: there is no token. `refused`: it is none of this hub's, or has expired. `slow`: too many tries. */
export type ActionFailure = 'missing' | 'refused' | 'failed' | 'slow'

export type ActionStep =
  | { readonly step: 'looking' }
  | { readonly step: 'asking'; readonly action: MailAction; readonly isWorking: boolean }
  | { readonly step: 'done'; readonly outcome: MailActionOutcome }
  | { readonly step: 'not'; readonly why: ActionFailure }

interface ActionDoors {
  readonly inspectAction: typeof inspectAction
  readonly confirmAction: typeof confirmAction
}

export class MailActionState {
  state = $state.raw<ActionStep>({ step: 'looking' })
  /** Why the newest confirmation did not arrive; it can be tried again. */
  failure = $state<ActionFailure | null>(null)

  readonly #token: string
  readonly #doors: ActionDoors

  constructor(token: string, doors: ActionDoors) {
    this.#token = token
    this.#doors = doors
  }

  /** Does nothing but ask. */
  async look(): Promise<void> {
    if (this.#token === '') return void (this.state = { step: 'not', why: 'missing' })
    this.state = { step: 'looking' }
    try {
      const action = await this.#doors.inspectAction(this.#token)
      this.state = { step: 'asking', action, isWorking: false }
    } catch (problem) {
      this.state = { step: 'not', why: failureOf(problem) }
    }
  }

  /** `minutes` is how long a silence lasts. */
  async confirm(minutes: number): Promise<void> {
    if (this.state.step !== 'asking' || this.state.isWorking) return
    const { action } = this.state
    this.failure = null
    this.state = { step: 'asking', action, isWorking: true }
    try {
      const silence = action.action === 'silence' ? { minutes } : {}
      const outcome = await this.#doors.confirmAction({ token: this.#token, ...silence })
      this.state = { step: 'done', outcome }
    } catch (problem) {
      const why = failureOf(problem)
      if (why === 'refused') this.state = { step: 'not', why }
      else {
        this.failure = why
        this.state = { step: 'asking', action, isWorking: false }
      }
    }
  }
}

function failureOf(problem: unknown): ActionFailure {
  if (!(problem instanceof ApiProblem)) throw problem
  if (problem.status === 429) return 'slow'
  // A token that is cut short does not even look like one.
  return problem.status === 410 || problem.status === 400 ? 'refused' : 'failed'
}
