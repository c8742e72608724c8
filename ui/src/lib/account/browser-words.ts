// Owns how a browser is named to people, from what it says of itself (User-Agent, RFC 9110, section 10.1.5).
import type { t as Translate } from '../i18n/i18n.svelte.ts'

// The first that fits: most of them say that they are others, too.
const BROWSERS = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/\bcurl\//, 'curl'],
] as const
const SYSTEMS = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Linux|X11)\b/, 'Linux'],
] as const

const MAX_SHOWN = 40

/** `Firefox on Linux`; its own words where it is none that is known. */
export function browserWords(userAgent: string | null, t: typeof Translate): string {
  if (userAgent === null || userAgent === '') return t('account:browserUnknown')
  const browser = nameIn(BROWSERS, userAgent)
  const system = nameIn(SYSTEMS, userAgent)
  if (browser && system) return t('account:browserOn', { browser, system })
  return browser ?? system ?? userAgent.slice(0, MAX_SHOWN)
}

function nameIn(
  table: readonly (readonly [pattern: RegExp, name: string])[],
  userAgent: string,
): string | undefined {
  return table.find(([pattern]) => pattern.test(userAgent))?.[1]
}
