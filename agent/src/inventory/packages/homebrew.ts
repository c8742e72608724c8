// Owns what Homebrew has installed, on macOS and Linux: the directories of its formulae and casks.
import type { Package } from '@vigie/shared/protocol/packages'
import { listBounded, readBounded } from './bounded-files.ts'
import { parseJsonObject } from '../../json-object.ts'
import { packageOf, type PackageReader } from './package-reader.ts'

const PREFIXES = ['opt/homebrew/', 'usr/local/', 'home/linuxbrew/.linuxbrew/']
const MOST_RECEIPT_BYTES = 4 * 1024 * 1024
const RECEIPT = 'INSTALL_RECEIPT.json'

export const readHomebrew: PackageReader = async (root) => {
  const packages: Package[] = []
  const watched: string[] = []
  for (const prefix of PREFIXES) {
    for (const kind of ['Cellar', 'Caskroom'] as const) {
      const found = await packagesIn(`${root}${prefix}${kind}`, kind)
      if (!found) continue
      packages.push(...found)
      watched.push(`${root}${prefix}${kind}`)
      // A new version of a formula changes only its own directory, and the link to it here.
      if (kind === 'Cellar') watched.push(`${root}${prefix}opt`)
    }
  }
  return watched.length > 0 ? { packages, watched } : undefined
}

// NAME/VERSION/, the receipt of a formula in the version's directory, that of a cask in NAME/.metadata/.
async function packagesIn(
  directory: string,
  kind: 'Cellar' | 'Caskroom',
): Promise<Package[] | undefined> {
  const names = await directoriesIn(directory)
  if (!names) return undefined
  const packages: Package[] = []
  for (const name of names) {
    for (const version of (await directoriesIn(`${directory}/${name}`)) ?? []) {
      const beside = kind === 'Cellar' ? version : '.metadata'
      const origin = await tapOf(`${directory}/${name}/${beside}/${RECEIPT}`)
      const one = packageOf('homebrew', { name, version, origin })
      if (one) packages.push(one)
    }
  }
  return packages
}

async function directoriesIn(path: string): Promise<string[] | undefined> {
  const entries = await listBounded(path)
  return entries
    ?.filter(({ name, kind }) => kind === 'directory' && !name.startsWith('.'))
    .map(({ name }) => name)
}

// What a receipt says helps; without it the package is there all the same.
async function tapOf(path: string): Promise<string | undefined> {
  const text = await readBounded(path, MOST_RECEIPT_BYTES).catch(() => undefined)
  const source = text === undefined ? undefined : parseJsonObject(text)?.['source']
  if (typeof source !== 'object' || source === null || !('tap' in source)) return undefined
  return typeof source.tap === 'string' ? source.tap : undefined
}
