// Owns what an advisory's title and summary say beside its lines: the product, and the package that a notice is about.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { normalise } from './text/normalise.ts'

const SYSTEMS =
  'debian|ubuntu|red ?hat|rhel|suse|opensuse|fedora|rocky|almalinux|centos|oracle linux|amazon linux|alpine'
const OF_A_SYSTEM = new RegExp(
  `\\bdans (?:le |la |les |l')?(.{2,60}?) (?:de |du |d'|pour |sous |sur )(?:les |la )?(?:distributions? |produits? )?(?:gnu/linux )?(?:${SYSTEMS})\\b`,
)
const IN_ENGLISH = new RegExp(
  `\\bin (?:the )?(.{2,60}?) (?:of|for|on|in) (?:the )?(?:${SYSTEMS})\\b`,
)
const DEBIAN_TITLE = /^ds?[ls]a-\d+(?:-\d+)?:? ([a-z0-9][a-z0-9+.-]{0,60})(?: -|$)/

/** The package that a notice on an operating system is about, normalised; undefined when it cannot be read. */
export function noticeSubject({ title, summary }: AdvisoryDocument): string | undefined {
  const written = normalise(title)
  const debian = DEBIAN_TITLE.exec(written)?.[1]
  if (debian !== undefined) return debian
  for (const text of [written, normalise(summary)]) {
    if (/\bnoyau linux\b|\blinux kernel\b/.test(text)) return 'noyau linux'
    const found = OF_A_SYSTEM.exec(text)?.[1] ?? IN_ENGLISH.exec(text)?.[1]
    if (
      found !== undefined &&
      !/^(?:les? )?(?:produits|plusieurs|paquets|distributions)/.test(found)
    )
      return found
  }
  return undefined
}

/** What a title says the vulnerability is in: "Exchange Server" of "[MàJ] Vulnérabilité dans Exchange Server". */
export function titleProduct(title: string): string {
  const found = /\b(?:dans|affectant|in) (?:le |la |les |l')?(?:produits? )?(.{2,120})$/.exec(
    title,
  )?.[1]
  return found?.replace(/ \([^()]{0,60}\)$/, '') ?? ''
}
