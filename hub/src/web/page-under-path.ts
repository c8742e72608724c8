// Owns the dashboard's page for a hub that lives under a path: what was built for the root is led to it where it is served.
import { createHash } from 'node:crypto'

/** SvelteKit says the base to itself in the one script that stands in the page. */
const SCRIPT = /<script>([\s\S]*?)<\/script>/
const BASE = /\bbase: ""/

/** `basePath` is such as `/vigie`; '' gives the page as it is. */
export function pageUnderPath(page: string, basePath: string): string {
  if (basePath === '') return page
  const [, script] = SCRIPT.exec(page) ?? []
  if (script === undefined || !BASE.test(script)) {
    throw new Error('the page of the dashboard does not say its base: build it with this version')
  }
  const led = script
    .replace(BASE, `base: ${JSON.stringify(basePath)}`)
    .replaceAll('import("/', `import("${basePath}/`)
  return (
    page
      .replace(script, () => led)
      // Its policy names the script by its hash.
      .replace(hashOf(script), () => hashOf(led))
      .replaceAll(/\b(href|src)="\//g, (_, name: string) => `${name}="${basePath}/`)
  )
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
