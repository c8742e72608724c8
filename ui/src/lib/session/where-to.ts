// Owns where somebody goes after signing in: back to where they were, and never to another site.

/** The path in `?to=`, or `fleet` when there is none or it leads elsewhere. */
export function whereTo(
  url: Pick<URL, 'origin'> & { searchParams: Pick<URLSearchParams, 'get'> },
  fleet: string,
): string {
  const wanted = new URL(url.searchParams.get('to') ?? fleet, url.origin)
  return wanted.origin === url.origin ? wanted.pathname + wanted.search + wanted.hash : fleet
}
