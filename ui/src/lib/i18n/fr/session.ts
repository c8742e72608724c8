// The words of signing in and of the first start, in French.
import type { session as english } from '../en/session.ts'

export const session: Record<keyof typeof english, string> = {
  signInTitle: 'Se connecter',
}
