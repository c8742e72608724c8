// Owns where a browser is led after signing in with a provider: back to where it was, and never to another site.
import { ownPath } from '@vigie/shared/own-path'

const HERE = 'http://hub.invalid'
const MAX_LENGTH = 2000

/** The path in `written`, as browsers read it, where it is one of the hub's pages under `basePath`; else its first page. */
export function ownPage(written: string | undefined, basePath: string): string {
  const home = `${basePath}/`
  if (written === undefined || written.length > MAX_LENGTH || !written.startsWith('/')) return home
  const path = ownPath(written, HERE) ?? home
  return path.startsWith(home) && !path.startsWith(`${home}api/`) ? path : home
}
