// Owns what a rule that is being written would say of each host right now: asked again and again while somebody looks.
import type { RuleDraft } from '@vigie/shared/api/rule'
import type { PreviewItem } from '@vigie/shared/api/rule-trial'

const EVERY_MS = 3000
/** After a change, so that not each letter is asked about. */
const SETTLE_MS = 250

type Ask = (draft: RuleDraft) => Promise<readonly PreviewItem[]>

/** Has a timer until {@link RulePreview.close}. */
export class RulePreview {
  /** Null until there is an answer to the draft as it is. */
  items = $state.raw<readonly PreviewItem[] | null>(null)
  problem = $state.raw<unknown>(null)

  readonly #ask: Ask
  #draft: RuleDraft | null = null
  #about = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #round = 0

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** What is asked about from now on; null for nothing. */
  show(draft: RuleDraft | null): void {
    const about = draft === null ? '' : JSON.stringify([draft.condition, draft.scope])
    this.#draft = draft
    if (about === this.#about) return
    this.#about = about
    this.items = null
    this.problem = null
    this.#again(SETTLE_MS)
  }

  /** Idempotent. */
  close(): void {
    this.#round++
    clearTimeout(this.#timer)
  }

  #again(afterMs: number): void {
    this.close()
    if (this.#draft !== null) this.#timer = setTimeout(() => void this.#read(), afterMs)
  }

  async #read(): Promise<void> {
    const round = this.#round
    const draft = this.#draft
    if (draft !== null && document.visibilityState === 'visible') {
      try {
        const items = await this.#ask(draft)
        if (round !== this.#round) return
        this.items = items
        this.problem = null
      } catch (problem) {
        if (round !== this.#round) return
        this.problem = problem
      }
    }
    this.#again(EVERY_MS)
  }
}
