// Owns how what is installed on a host is told to browsers, the CLI and scripts, in pages.
import { Type, type Static } from 'typebox'
import { Package } from '../protocol/packages.ts'

export const PackagePage = Type.Object({
  /** By package manager, then by name. */
  items: Type.Array(Package),
  /** Pass as `after` to get the next page; null on the last one. */
  next: Type.Union([Type.String(), Type.Null()]),
  /** Packages on all pages. */
  total: Type.Integer({ minimum: 0 }),
  /** When the host first had exactly these, in epoch milliseconds; null while it has not told what it has. */
  readMs: Type.Union([Type.Integer({ description: 'Epoch milliseconds, UTC' }), Type.Null()]),
})
export type PackagePage = Static<typeof PackagePage>
