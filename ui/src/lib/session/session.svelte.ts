// Owns who is signed in.
import * as api from '../api/client.ts'
import { ApiProblem } from '../api/api-problem.ts'

/** `unreachable`: the hub did not say. */
export type SessionStatus = 'loading' | 'in' | 'out' | 'unreachable'

class SessionState {
  status = $state<SessionStatus>('loading')
  person = $state.raw<api.Person | null>(null)
  setupNeeded = $state(false)

  /** Asks the hub. Never rejects: what went wrong is the status. */
  async load(): Promise<void> {
    try {
      const { person, setupNeeded } = await api.session()
      this.person = person
      this.setupNeeded = setupNeeded
      this.status = person ? 'in' : 'out'
    } catch (problem) {
      const isOut = problem instanceof ApiProblem && problem.isSignedOut
      this.status = isOut ? 'out' : 'unreachable'
    }
  }

  /** Rejects with an ApiProblem: 401 for a wrong pair, 429 for too many attempts. */
  async signIn(email: string, password: string): Promise<void> {
    await api.signIn(email, password)
    await this.load()
  }

  /** Rejects with an ApiProblem when the link is used, expired or unknown. */
  async claim(claim: api.LinkClaim): Promise<void> {
    await api.claimLink(claim)
    await this.load()
  }

  async signOut(): Promise<void> {
    await api.signOut()
    this.person = null
    this.status = 'out'
  }
}

export const session = new SessionState()
