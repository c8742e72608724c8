// Owns the wait for a new machine: makes its invitation, and asks until somebody joined with it or it expired.
import type { Enrolment } from '@vigie/shared/api/enrolment'
import * as api from '../api/client.ts'
import { ApiProblem } from '../api/api-problem.ts'

const POLL_MS = 2000

export type EnrolmentStep = 'asking' | 'making' | 'waiting' | 'expired' | 'joined' | 'failed'

export class EnrolmentWatch {
  step = $state<EnrolmentStep>('asking')
  enrolment = $state.raw<Enrolment | null>(null)
  /** The host that joined. */
  hostId = $state<number | null>(null)
  problem = $state.raw<ApiProblem | null>(null)

  readonly #nowMs: () => number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Makes an invitation for a machine of this name, or for one that names itself. */
  async make(name: string): Promise<void> {
    this.close()
    this.step = 'making'
    try {
      this.enrolment = await api.createEnrolment(name === '' ? {} : { name })
      this.step = 'waiting'
      this.#schedule()
    } catch (problem) {
      this.#fail(problem)
    }
  }

  /** Back to the start, for another machine. */
  reset(): void {
    this.close()
    this.step = 'asking'
    this.enrolment = null
    this.hostId = null
    this.problem = null
  }

  /** Stops asking. Idempotent. */
  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(): void {
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS)
  }

  async #poll(): Promise<void> {
    const { enrolment } = this
    if (!enrolment) return
    try {
      if (document.visibilityState === 'visible') {
        this.hostId = (await api.enrolment(enrolment.id)).hostId
      }
    } catch (problem) {
      // A hub that is away for a moment is not the end of the wait.
      if (!(problem instanceof ApiProblem)) throw problem
      if (!problem.isUnreachable && problem.status < 500) {
        this.#fail(problem)
        return
      }
    }
    if (this.#timer === undefined || this.enrolment !== enrolment) return
    if (this.hostId !== null) this.step = 'joined'
    else if (this.#nowMs() >= enrolment.expiresAtMs) this.step = 'expired'
    else this.#schedule()
  }

  #fail(problem: unknown): void {
    if (!(problem instanceof ApiProblem)) throw problem
    this.problem = problem
    this.step = 'failed'
  }
}
