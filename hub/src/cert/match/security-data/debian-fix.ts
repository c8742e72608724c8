// Owns what Debian's security data says, as it is kept: how each vulnerability of a source package stands on each release.

/** `fixed` in that version or before it: 0 where the release never had it. `minor`: no fix of its own is to come, and why. */
export type DebianFix =
  | { readonly is: 'fixed'; readonly version: string }
  | { readonly is: 'open' }
  | { readonly is: 'minor'; readonly why: string }
  | { readonly is: 'undetermined' }

export interface DebianPackage {
  /** By codename: what the release's security archive has. */
  readonly updates: Readonly<Record<string, string>>
  /** By CVE, then by codename. */
  readonly fixes: Readonly<Record<string, Readonly<Record<string, DebianFix>>>>
}

/** By source package. */
export type DebianPackages = Readonly<Record<string, DebianPackage>>
