// Owns whose build a package is: its maker's, whose number decides, or a distribution's, which fixes without a new number.
import type { Package } from '@vigie/shared/protocol/packages'
import type { ProductAlias } from './product-aliases.ts'

const DISTRIBUTIONS =
  /\bdebian\b|ubuntu|canonical|alpinelinux|archlinux|red ?hat|suse|fedora|rocky|almalinux|centos|oracle america|amazon linux|amazon\.com|epel|raspbian|raspberrypi|devuan|linuxmint|proxmox/
// Repositories of makers, and of those who build what makers publish as it is, sign their versions.
const MAKERS_VERSION =
  /pgdg|nodesource|\+maria~|\.sury\.|\+debian\d+~\d+\.gbp|\.remi$|\.remi\.|\.ngx$|rl\d~[a-z]+\d*$|-\d+~(?:stretch|buster|bullseye|bookworm|trixie|bionic|focal|jammy|noble)\d*$/

/** Whether the package's number is the maker's own and no fix comes without a new one. */
export function isMakersBuild(one: Package, alias?: ProductAlias): boolean {
  const { manager, version } = one
  if (manager === 'homebrew' || manager === 'windows' || manager === 'winget') return true
  if (manager === 'apk' || manager === 'pacman') return false
  const mark = version.toLowerCase()
  if (MAKERS_VERSION.test(mark) || alias?.makers?.some((maker) => mark.includes(maker))) return true
  const origin = one.origin?.toLowerCase() ?? ''
  if (origin === '' || DISTRIBUTIONS.test(origin)) return false
  // Every rpm of a distribution says so; Debian's maintainers write from anywhere.
  if (manager === 'rpm') return alias !== undefined
  const names = [...(alias?.makers ?? []), ...(alias?.vendors ?? []), ...(alias ? [alias.id] : [])]
  return names.some((name) => origin.includes(name.replaceAll(' ', '')) || origin.includes(name))
}
