// Owns who is signed in.
import type { InviteAcceptance } from '@vigie/shared/api/invite'
import type { Person, SessionState as Told, SignInLinkClaim } from '@vigie/shared/api/session'
import { ApiProblem } from '../api/api-problem.ts'
import * as api from '../api/session.ts'

/** `unreachable`: the hub did not say. */
export type SessionStatus = 'loading' | 'in' | 'out' | 'unreachable'

class SessionState {
  status = $state<SessionStatus>('loading')
  person = $state.raw<Person | null>(null)
  setupNeeded = $state(false)
  /** Nothing is answered before they have set up a second factor. */
  isSecondFactorDue = $state(false)
  /** What the button of OpenID Connect says; null where there is none. */
  oidc = $state.raw<Told['oidc']>(null)

  readonly isAdministrator = $derived(this.person?.role === 'admin')

  /** Asks the hub. Never rejects: what went wrong is the status. */
  async load(): Promise<void> {
    try {
      this.#take(await api.session())
    } catch (problem) {
      const isOut = problem instanceof ApiProblem && problem.isSignedOut
      this.status = isOut ? 'out' : 'unreachable'
    }
  }

  /** As {@link load}, but what is known stays while the hub does not say. */
  async recheck(): Promise<void> {
    await api.session().then(
      (told) => this.#take(told),
      () => undefined,
    )
  }

  /** Rejects with an ApiProblem, as the others: 401 for a wrong pair, 429 for too many attempts. */
  signIn(email: string, password: string): Promise<api.FirstStep> {
    return this.#arrive(api.signIn({ email, password }))
  }

  async secondStep(code: string): Promise<void> {
    await api.secondStep(code)
    await this.load()
  }

  /** Rejects when the link is used, expired or unknown, as the next. */
  async claim(claim: SignInLinkClaim): Promise<void> {
    await api.claimLink(claim)
    await this.load()
  }

  accept(acceptance: InviteAcceptance): Promise<api.FirstStep> {
    return this.#arrive(api.acceptInvite(acceptance))
  }

  async signOut(): Promise<void> {
    await api.signOut()
    this.person = null
    this.status = 'out'
  }

  #take({ person, isSecondFactorDue, setupNeeded, oidc }: Told): void {
    this.person = person
    this.isSecondFactorDue = isSecondFactorDue
    this.setupNeeded = setupNeeded
    this.oidc = oidc
    this.status = person ? 'in' : 'out'
  }

  async #arrive(step: Promise<api.FirstStep>): Promise<api.FirstStep> {
    const reached = await step
    if (reached === 'in') await this.load()
    return reached
  }
}

export const session = new SessionState()
