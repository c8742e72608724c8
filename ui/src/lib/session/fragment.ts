// Owns the secret after the # of a sign-in link. It is never sent in an address, and does not stay in one.

/** The fragment of the page's address, which loses it at once; empty when there is none. */
export function takeFragment(): string {
  const secret = decodeURIComponent(location.hash.slice(1))
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  return secret
}
