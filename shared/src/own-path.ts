// Owns telling a path of one's own site from the way to another.

/** The path in `written`, as browsers read it; undefined where it leads away from `origin`, or nowhere. */
export function ownPath(written: string, origin: string): string | undefined {
  if (!URL.canParse(written, origin)) return undefined
  const url = new URL(written, origin)
  // What is left when dots are taken out may begin like another site.
  if (url.origin !== origin || url.pathname.startsWith('//')) return undefined
  return url.pathname + url.search + url.hash
}
