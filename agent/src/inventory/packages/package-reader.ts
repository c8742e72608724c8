// Owns what a reader of one package manager gives, and how what the manager wrote becomes a package.
import type { Package, PackageManager } from '@vigie/shared/protocol/packages'

export interface Installed {
  readonly packages: readonly Package[]
  /** Files and directories of which one changes when the packages do. */
  readonly watched: readonly string[]
  /** Why something of it could not be read; absent where all was. */
  readonly unread?: string
}

/**
 * Reads what a package manager has installed on the machine whose root it is given (with a slash at its end). Undefined
 * where that manager is not; rejects when it is and its list could not be read. Writes nothing and starts no shell.
 */
export type PackageReader = (root: string) => Promise<Installed | undefined>

/** What a manager wrote, as it wrote it. */
export interface Written {
  readonly name: string | undefined
  readonly version: string | undefined
  readonly architecture?: string | undefined
  readonly source?: string | undefined
  readonly sourceVersion?: string | undefined
  readonly origin?: string | undefined
}

const LONGEST = 255
const LONGEST_ARCHITECTURE = 32

/** A package of the protocol; undefined when what was written names none, or is longer than any name is. */
export function packageOf(manager: PackageManager, written: Written): Package | undefined {
  const name = cleaned(written.name)
  const version = cleaned(written.version)
  if (!name || !version || name.length > LONGEST || version.length > LONGEST) return undefined
  const source = cleaned(written.source)
  const sourceVersion = cleaned(written.sourceVersion)
  return {
    manager,
    name,
    version,
    ...optional('architecture', cleaned(written.architecture), LONGEST_ARCHITECTURE),
    ...optional('source', source === name ? undefined : source),
    ...optional('sourceVersion', sourceVersion === version ? undefined : sourceVersion),
    ...optional('origin', cleaned(written.origin)),
  }
}

/** Without control characters and the space around it. */
function cleaned(text: string | undefined): string | undefined {
  return text?.replaceAll(/\p{Cc}+/gu, ' ').trim()
}

function optional<Key extends string>(key: Key, value: string | undefined, longest = LONGEST) {
  return (value ? { [key]: value.slice(0, longest) } : {}) as Partial<Record<Key, string>>
}
