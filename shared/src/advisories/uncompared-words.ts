// Owns the words that say why a host cannot be compared whole with advisories.
import { listed } from '../alerts/phrase.ts'
import type { PackageLack } from '../api/package-list.ts'
import type { Locale } from '../format/locale.ts'
import type { PackageManager } from '../protocol/packages.ts'

const WORDS: Readonly<
  Record<Exclude<PackageLack, PackageManager>, Readonly<Record<Locale, string>>>
> = {
  list: { en: 'it tells no packages', fr: 'elle ne dit pas ses paquets' },
  packages: { en: 'no package was found', fr: 'aucun paquet n’a été trouvé' },
  rest: {
    en: 'it has more packages than a list may have',
    fr: 'elle a plus de paquets qu’une liste n’en peut contenir',
  },
}

const MANAGERS: Readonly<Partial<Record<PackageManager, Readonly<Record<Locale, string>>>>> = {
  homebrew: { en: 'Homebrew', fr: 'Homebrew' },
  windows: { en: 'the registry', fr: 'le registre' },
}

/** "not all of rpm and Homebrew could be read", without a capital or a full stop. */
export function lackWords(lacks: readonly PackageLack[], locale: Locale): string {
  const managers: string[] = []
  const parts: string[] = []
  for (const lack of lacks) {
    if (lack === 'list' || lack === 'packages' || lack === 'rest') parts.push(WORDS[lack][locale])
    else managers.push(MANAGERS[lack]?.[locale] ?? lack)
  }
  if (managers.length > 0) {
    const names = listed(managers, { locale, word: 'and', most: 8 })
    const are = managers.length === 1 ? 'n’a pas pu être lu' : 'n’ont pas pu être lus'
    parts.unshift(
      { en: `not all of ${names} could be read`, fr: `${names} ${are} en entier` }[locale],
    )
  }
  return listed(parts, { locale, word: 'and' })
}
