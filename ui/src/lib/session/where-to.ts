// Owns where somebody goes after signing in: back to where they were, and never to another site.
import { ownPath } from '@vigie/shared/own-path'

/** The path in `?to=`, or `fleet` when there is none or it leads elsewhere. */
export function whereTo(
  url: Pick<URL, 'origin'> & { searchParams: Pick<URLSearchParams, 'get'> },
  fleet: string,
): string {
  return ownPath(url.searchParams.get('to') ?? fleet, url.origin) ?? fleet
}
