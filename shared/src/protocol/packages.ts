// Owns the software that is installed on a machine, as its package managers tell it.
import { Type, type Static } from 'typebox'

const strict = { additionalProperties: false }
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** Whose numbers they are: each compares versions in its own way. `windows` is the registry's list of programs. */
export const PackageManager = Type.Union([
  Type.Literal('dpkg'),
  Type.Literal('rpm'),
  Type.Literal('apk'),
  Type.Literal('pacman'),
  Type.Literal('homebrew'),
  Type.Literal('winget'),
  Type.Literal('windows'),
])
export type PackageManager = Static<typeof PackageManager>

/** One installed package; of several installed versions (kernels) each is one. Absent means unknown, or the same as the name's. */
export const Package = Type.Object(
  {
    manager: PackageManager,
    name: text(255),
    /** As the manager writes it: `1:9.2p1-2+deb12u3`, `0:4.18.0-553.el8_10`, `3.1.4-r5`. */
    version: text(255),
    architecture: Type.Optional(text(32)),
    /** The source package that it is built from, where its name is another: `openssh` of `openssh-server`. */
    source: Type.Optional(text(255)),
    /** The source's version, where it is another. */
    sourceVersion: Type.Optional(text(255)),
    /** Who built it: dpkg's Maintainer, rpm's Vendor, Homebrew's tap, the publisher in the registry. */
    origin: Type.Optional(text(255)),
  },
  strict,
)
export type Package = Static<typeof Package>

/** What a list of packages lacks: that something is not in it does not say that it is not installed. */
export const IncompletePackages = Type.Object(
  {
    /** Managers of which some or all could not be read; what was last known of them may be in the list. */
    unread: Type.Array(PackageManager, { maxItems: 7 }),
    /** There are more packages than a list may have. */
    isCut: Type.Boolean(),
  },
  strict,
)
export type IncompletePackages = Static<typeof IncompletePackages>

/** All that a machine has installed. */
export interface InstalledSoftware {
  readonly packages: readonly Package[]
  /** Absent where the machine told all, or speaks a version that cannot say. */
  readonly incomplete?: IncompletePackages
  /** When the machine read them, in epoch milliseconds. */
  readonly readMs: number
}
