// Owns which order a package manager's versions are compared in.
import type { PackageManager } from '@vigie/shared/protocol/packages'
import { compareApk } from './apk.ts'
import { compareDpkg } from './dpkg.ts'
import { comparePacman } from './pacman.ts'
import { compareRpm } from './rpm.ts'
import { compareUpstream } from './upstream.ts'

/** Negative when the first is older, 0 when they are equal, positive when it is newer. */
export type Compare = (a: string, b: string) => number

export const ORDERS: Readonly<Record<PackageManager, Compare>> = {
  dpkg: compareDpkg,
  rpm: compareRpm,
  apk: compareApk,
  pacman: comparePacman,
  homebrew: compareUpstream,
  winget: compareUpstream,
  windows: compareUpstream,
}
