// Owns where somebody goes after signing in: back to where they were, and never to another site.

/** The path in `?to=`, or `fleet` when there is none or it leads elsewhere. */
export function whereTo(
  url: Pick<URL, 'origin'> & { searchParams: Pick<URLSearchParams, 'get'> },
  fleet: string,
): string {
  const written = url.searchParams.get('to') ?? fleet
  if (!URL.canParse(written, url.origin)) return fleet
  const { origin, pathname, search, hash } = new URL(written, url.origin)
  // What is left when dots are taken out may begin like another site.
  const isHere = origin === url.origin && !pathname.startsWith('//')
  return isHere ? pathname + search + hash : fleet
}
