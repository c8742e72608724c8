// Owns the packages of Arch and its kin: pacman's local database, a directory a package.
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn, listBounded, readBounded } from './bounded-files.ts'
import { packageOf, type PackageReader } from './package-reader.ts'

const MOST_DESC_BYTES = 1_048_576

export const readPacman: PackageReader = async (root) => {
  const local = `${root}var/lib/pacman/local`
  const entries = await listBounded(local)
  if (!entries) return undefined
  const packages: Package[] = []
  for (const { name, kind } of entries) {
    if (kind !== 'directory') continue
    const desc = await readBounded(`${local}/${name}/desc`, MOST_DESC_BYTES)
    const one = desc === undefined ? undefined : packageOfDesc(desc)
    // pacman writes the directory first: what is there and says nothing is being installed, or damaged.
    if (!one) throw new Error(`${local}/${name} names no package`)
    packages.push(one)
  }
  return { packages, watched: [local] }
}

// %NAME%, then its values, a line each, to an empty line.
function packageOfDesc(desc: string): Package | undefined {
  const values = new Map<string, string>()
  let name: string | undefined
  for (const line of linesIn(desc)) {
    if (name !== undefined && line !== '' && !values.has(name)) values.set(name, line)
    if (line.startsWith('%')) name = line
    else if (line === '') name = undefined
  }
  return packageOf('pacman', {
    name: values.get('%NAME%'),
    version: values.get('%VERSION%'),
    architecture: values.get('%ARCH%'),
    source: values.get('%BASE%'),
    origin: values.get('%PACKAGER%'),
  })
}
