// Owns the replay of a rule on what is stored: begun on demand, told host by host, and given up when nobody waits for it.
import type { RuleDraft } from '@vigie/shared/api/rule'
import type { ReplayLine } from '@vigie/shared/api/rule-trial'
import { ApiProblem } from '../api/api-problem.ts'
import type { ReplayWanted } from '../api/rules.ts'

type Replay = (wanted: ReplayWanted) => AsyncIterable<ReplayLine>
type Result = Extract<ReplayLine, { type: 'result' }>

export type ReplayState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly done: number; readonly total: number | null }
  /** Of the draft and the stretch that were asked about. */
  | {
      readonly step: 'done'
      readonly result: Result
      readonly draft: RuleDraft
      readonly fromMs: number
      readonly toMs: number
    }
  | { readonly step: 'failed'; readonly problem: unknown }

export class RuleReplay {
  state = $state.raw<ReplayState>({ step: 'idle' })

  readonly #replay: Replay
  #ending: AbortController | null = null

  constructor(replay: Replay) {
    this.#replay = replay
  }

  async start(wanted: Omit<ReplayWanted, 'signal'>): Promise<void> {
    this.cancel()
    const ending = new AbortController()
    this.#ending = ending
    this.state = { step: 'running', done: 0, total: null }
    try {
      for await (const line of this.#replay({ ...wanted, signal: ending.signal })) {
        if (this.#ending !== ending) return
        this.state = after(line, wanted)
      }
      // A connection that ends in the middle is no answer.
      if (this.#ending === ending && this.state.step === 'running') {
        throw new ApiProblem({ status: 0, title: 'The replay broke off' })
      }
    } catch (problem) {
      if (this.#ending === ending) this.state = { step: 'failed', problem }
    }
  }

  /** Gives up what runs. Idempotent. */
  cancel(): void {
    this.#ending?.abort()
    this.#ending = null
    if (this.state.step === 'running') this.state = { step: 'idle' }
  }
}

function after(line: ReplayLine, wanted: Omit<ReplayWanted, 'signal'>): ReplayState {
  switch (line.type) {
    case 'progress':
      return { step: 'running', done: line.done, total: line.total }
    case 'result':
      return { step: 'done', result: line, ...wanted }
    case 'failed':
      return { step: 'failed', problem: new Error(line.detail) }
  }
}
