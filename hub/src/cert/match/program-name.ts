// Owns what a program in Windows' registry or a Homebrew cask is called: its name without version, maker, system and language.
import type { Package } from '@vigie/shared/protocol/packages'
import { normalise } from './text/normalise.ts'

/** A program's name in the registry without its version, architecture and language. */
export function windowsName(displayName: string): string {
  return normalise(displayName)
    .replace(/\([^()]{0,80}\)/g, ' ')
    .replace(/\b(?:x64|x86|amd64|arm64|64-bit|32-bit|64 bits?|32 bits?|[a-z]{2}-[a-z]{2})\b/g, ' ')
    .replace(/\b(?:version )?v?\d+(?:\.\d+)+[\w.+-]*/g, ' ')
    .replace(/ - (?:francais|english|deutsch|us|fr|en)?\s*$/, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<![ -])[ -]+$/, '')
    .trim()
}

/** The number that a program's name holds: 3.12.2 of "Python 3.12.2 (64-bit)", 8u451 of "Java 8 Update 451". */
export function numberInName(displayName: string): string | undefined {
  const update = /\b(\d+) update (\d+)\b/i.exec(displayName)
  if (update) return `${update[1] ?? ''}u${update[2] ?? ''}`
  return /\b\d+(?:\.\d+)+(?:[a-z]\d*)?\b/i.exec(displayName)?.[0]
}

const SYSTEM_AT_END =
  /(?: -)? (?:pour|for|sur|on) (?:microsoft )?(?:windows|macos|mac os x|mac)(?: server| desktop)?$/
// Looks behind itself, so that a long row of these words is tried from its start alone.
const KIND_AT_END =
  /(?<! (?:setup|installer|app|application))(?: (?:setup|installer|app|application))+$/

/**
 * A program's name as its maker would say it to others: `cortex xdr` of "Palo Alto Networks Cortex XDR", `gui` of "SAP GUI
 * for Windows". `maker` is a vendor or publisher; what is left means something only together with it.
 */
export function programCore(name: string, maker: string): string {
  const makers = new Set(normalise(maker).split(/[^a-z0-9]+/))
  const words = windowsName(name).replace(SYSTEM_AT_END, '').replace(KIND_AT_END, '').split(' ')
  const first = words.findIndex((word) => !makers.has(word))
  return words.slice(Math.max(0, first)).join(' ').replace(/^- /, '')
}

/** As which a program is asked for by those who do not know it by an alias; see {@link programKey}. Empty for a package. */
export function programKeys({ manager, name, origin = '' }: Package): string[] {
  const isCask = manager === 'homebrew' && origin.endsWith('/cask')
  if (manager !== 'windows' && manager !== 'winget' && !isCask) return []
  const written = isCask ? name.replace(/@.*/s, '').replaceAll('-', ' ') : name
  return [windowsName(written), programCore(written, origin)].map((each) => `~${each}`)
}

/** The keys of the program that a vendor's advisory names so. It counts only where the program is that vendor's. */
export function programKey(name: string, vendor: string): string[] {
  const core = programCore(name, vendor)
  if (core.length < 3 || core.length > 60) return []
  return [`~${core}`, `~${vendor} ${core}`]
}
