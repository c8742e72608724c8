// Owns how what is installed on a host is told to browsers, the CLI and scripts, in pages.
import { Type, type Static } from 'typebox'
import { Package, PackageManager } from '../protocol/packages.ts'

/**
 * What is missing of what a host has told. `list`: it has told no packages; `packages`: its list is empty; `rest`: it has more
 * than a list may have; a package manager: not all of that could be read.
 */
export const PackageLack = Type.Union([
  Type.Literal('list'),
  Type.Literal('packages'),
  Type.Literal('rest'),
  ...PackageManager.anyOf,
])
export type PackageLack = Static<typeof PackageLack>

export const PackagePage = Type.Object({
  /** By package manager, then by name. */
  items: Type.Array(Package),
  /** Pass as `after` to get the next page; null on the last one. */
  next: Type.Union([Type.String(), Type.Null()]),
  /** Packages on all pages. */
  total: Type.Integer({ minimum: 0 }),
  /** When the host first had exactly these, in epoch milliseconds; null while it has not told what it has. */
  readMs: Type.Union([Type.Integer({ description: 'Epoch milliseconds, UTC' }), Type.Null()]),
  /** What is missing; empty where nothing is known to be. */
  lacks: Type.Array(PackageLack),
})
export type PackagePage = Static<typeof PackagePage>
