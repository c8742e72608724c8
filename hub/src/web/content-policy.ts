// Owns the content security policy that the dashboard's page is sent with (CSP level 3).
import { createHash } from 'node:crypto'

const META = /<meta http-equiv="content-security-policy" content="([^"]*)"/i
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi

/**
 * What the page's own meta element allows, or else only itself and the inline scripts that are in it; and never inside
 * a frame, which a meta element cannot say.
 */
export function contentPolicyOf(page: string): string {
  const declared = META.exec(page)?.[1]
  const policy = declared ?? ownPolicy(page)
  return `${policy}; frame-ancestors 'none'`
}

function ownPolicy(page: string): string {
  const hashes = [...page.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return `default-src 'none'; script-src 'self'${hashes.join('')}; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'`
}
