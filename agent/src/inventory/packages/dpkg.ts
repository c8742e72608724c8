// Owns the packages of Debian and its kin: dpkg's status file, and the directory that images without dpkg have instead.
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn, listBounded, readBounded } from './bounded-files.ts'
import { packageOf, type Installed, type PackageReader } from './package-reader.ts'

// The third word of Status (dpkg(1), "PACKAGE STATES"): in these the package's files are on the disk.
const PRESENT = new Set([
  'installed',
  'unpacked',
  'half-configured',
  'triggers-awaited',
  'triggers-pending',
])
const FIELDS = new Set(['Package', 'Status', 'Version', 'Architecture', 'Source', 'Maintainer'])
const MOST_FIELD = 1024
const MOST_IMAGE_FILE_BYTES = 1_048_576

export const readDpkg: PackageReader = async (root) => {
  const status = `${root}var/lib/dpkg/status`
  const directory = `${root}var/lib/dpkg/status.d`
  const text = await readBounded(status)
  const entries = await listBounded(directory)
  if (text === undefined && entries === undefined) return undefined
  const packages = text === undefined ? [] : wholePackagesOf(text, status)
  for (const { name, kind } of entries ?? []) {
    if (kind !== 'file' || name.endsWith('.md5sums')) continue
    packages.push(
      ...packagesOf((await readBounded(`${directory}/${name}`, MOST_IMAGE_FILE_BYTES)) ?? ''),
    )
  }
  const watched = [text === undefined ? [] : status, entries === undefined ? [] : directory].flat()
  return { packages, watched } satisfies Installed
}

// dpkg replaces the file as one, so what has another end is damaged, and half of a list would pass for all of it.
function wholePackagesOf(text: string, path: string): Package[] {
  const packages = packagesOf(text)
  const isWhole = text === '' || (text.endsWith('\n') && text.includes('Package:'))
  if (!isWhole) throw new Error(`${path} is damaged`)
  return packages
}

/** Of paragraphs as deb-control(5) has them. */
export function packagesOf(text: string): Package[] {
  const packages: Package[] = []
  let fields = new Map<string, string>()
  const end = (): void => {
    const one = packageOfFields(fields)
    if (one) packages.push(one)
    fields = new Map()
  }
  for (const line of linesIn(text)) {
    if (line.trim() === '') end()
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon))
    if (FIELDS.has(name)) fields.set(name, line.slice(colon + 1, colon + MOST_FIELD).trim())
  }
  end()
  return packages
}

function packageOfFields(fields: ReadonlyMap<string, string>): Package | undefined {
  const state = fields.get('Status')?.split(' ')[2]
  // Images without dpkg have no Status: what is in their directory is installed.
  if (state !== undefined && !PRESENT.has(state)) return undefined
  // Source: openssh (1:9.2p1-2)
  const [source, sourceVersion] = (fields.get('Source') ?? '').split(' (')
  return packageOf('dpkg', {
    name: fields.get('Package'),
    version: fields.get('Version'),
    architecture: fields.get('Architecture'),
    source,
    sourceVersion: sourceVersion?.replace(')', ''),
    origin: fields.get('Maintainer'),
  })
}
