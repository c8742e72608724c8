// Owns why the provider of OpenID Connect let nobody in, as the hub says it in the address that it leads back to.
import type { t as Translate } from '../i18n/i18n.svelte.ts'

const REFUSALS = ['unavailable', 'failed', 'denied', 'unverified-email', 'unknown-person'] as const

/** Empty when there is none; what is not known is said as an answer that was not to be trusted. */
export function oidcRefusal(params: Pick<URLSearchParams, 'get'>, t: typeof Translate): string {
  const told = params.get('oidc')
  if (told === null) return ''
  return t(`session:oidc_${REFUSALS.find((each) => each === told) ?? 'failed'}`)
}
