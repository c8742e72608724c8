// Owns reading all that is installed on this machine, by every package manager that it has.
import { MAX_PACKAGES, MAX_PACKAGES_LENGTH } from '@vigie/shared/protocol/limits'
import { packageLine } from '@vigie/shared/protocol/package-line'
import type { IncompletePackages, Package, PackageManager } from '@vigie/shared/protocol/packages'
import { readApk } from './apk.ts'
import { readDpkg } from './dpkg.ts'
import { readHomebrew } from './homebrew.ts'
import type { PackageReader } from './package-reader.ts'
import { readPacman } from './pacman.ts'
import { readRpm } from './rpm.ts'
import { readWindows } from './windows.ts'

const READERS = [
  ['dpkg', readDpkg],
  ['rpm', readRpm],
  ['apk', readApk],
  ['pacman', readPacman],
  ['homebrew', readHomebrew],
  ['windows', readWindows],
] as const satisfies readonly (readonly [PackageManager, PackageReader])[]

export interface PackagesRead {
  /** A line a package (shared/src/protocol/package-line.ts); of two with one name, version and architecture the first. */
  readonly lines: readonly string[]
  /** Files and directories that change with the packages. */
  readonly watched: readonly string[]
  /** Managers that are there and could not be read, and why: nothing is known of their packages. */
  readonly failed: readonly Unread[]
  /** Managers of which only some could be read. */
  readonly partly: readonly Unread[]
  /** Packages that are left out, beyond what the protocol takes. */
  readonly left: number
  /** Undefined where all was read and none is left out. */
  readonly incomplete?: IncompletePackages
}

interface Unread {
  readonly manager: PackageManager
  readonly why: string
}

export async function readPackages(root: string): Promise<PackagesRead> {
  const watched: string[] = []
  const failed: Unread[] = []
  const partly: Unread[] = []
  const lines = new Map<string, string>()
  let length = 0
  let left = 0
  const add = (one: Package): void => {
    const key = [one.manager, one.name, one.version, one.architecture].join('\n')
    if (lines.has(key)) return
    const line = packageLine(one)
    if (lines.size === MAX_PACKAGES || length + line.length > MAX_PACKAGES_LENGTH) {
      left++
      return
    }
    length += line.length
    lines.set(key, line)
  }
  for (const [manager, read] of READERS) {
    try {
      const installed = await read(root)
      watched.push(...(installed?.watched ?? []))
      installed?.packages.forEach(add)
      if (installed?.unread !== undefined) partly.push({ manager, why: installed.unread })
    } catch (error) {
      failed.push({ manager, why: error instanceof Error ? error.message : String(error) })
    }
  }
  const incomplete = incompleteOf([...failed, ...partly], left)
  return { lines: [...lines.values()], watched, failed, partly, left, ...incomplete }
}

function incompleteOf(unread: readonly Unread[], left: number): Pick<PackagesRead, 'incomplete'> {
  if (unread.length === 0 && left === 0) return {}
  return { incomplete: { unread: unread.map(({ manager }) => manager), isCut: left > 0 } }
}
