// Owns where a browser is led after signing in with a provider: back to where it was, and never to another site.

const HERE = 'http://hub.invalid'
const MAX_LENGTH = 2000

/** The path in `written`, as browsers read it, where it is one of the hub's pages under `basePath`; else its first page. */
export function ownPath(written: string | undefined, basePath: string): string {
  const home = `${basePath}/`
  if (written === undefined || written.length > MAX_LENGTH || !written.startsWith('/')) return home
  if (!URL.canParse(written, HERE)) return home
  const { origin, pathname, search, hash } = new URL(written, HERE)
  // What is left when dots are taken out may begin like another site.
  if (origin !== HERE || pathname.startsWith('//')) return home
  const isPage = pathname.startsWith(home) && !pathname.startsWith(`${home}api/`)
  return isPage ? pathname + search + hash : home
}
