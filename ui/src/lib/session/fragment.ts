// Owns the secret after the # of a sign-in link. It is never sent in an address, and does not stay in one.

/** The fragment of the page's address, which loses it at once; empty when there is none. */
export function takeFragment(): string {
  const written = location.hash.slice(1)
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  try {
    return decodeURIComponent(written)
  } catch {
    // A stray % is no encoding, and no secret of ours: it is refused as it stands.
    return written
  }
}
