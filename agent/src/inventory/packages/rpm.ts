// Owns the packages of Red Hat, SUSE and their kin, which only rpm can read.
import { stat } from 'node:fs/promises'
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn, unlessMissing } from './bounded-files.ts'
import { outputOf } from './bounded-program.ts'
import { packageOf, type PackageReader } from './package-reader.ts'

const PROGRAMS = ['usr/bin/rpm', 'bin/rpm']
// Where no database is, rpm would make one.
const DATABASES = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'].flatMap((directory) =>
  ['rpmdb.sqlite', 'rpmdb.sqlite-wal', 'Packages.db', 'Packages'].map(
    (name) => `${directory}/${name}`,
  ),
)
const TAGS = ['NAME', 'EPOCH', 'VERSION', 'RELEASE', 'ARCH', 'SOURCERPM', 'VENDOR']
const FORMAT = `${TAGS.map((tag) => `%{${tag}}`).join('\\t')}\\n`
const UNSAID = '(none)'

export const readRpm: PackageReader = async (root) => {
  const watched = await existing(root, DATABASES)
  if (watched.length === 0) return undefined
  const [program] = await existing(root, PROGRAMS)
  if (program === undefined) throw new Error(`${watched[0] ?? ''} is there and no rpm to read it`)
  const env = { LC_ALL: 'C', PATH: '/usr/bin:/bin', HOME: '/nonexistent' }
  const text = await outputOf(program, ['-qa', '--qf', FORMAT], env)
  return { packages: packagesOf(text), watched }
}

// A directory that refuses does not say that nothing is in it.
async function existing(root: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    if (await unlessMissing(stat(root + path))) found.push(root + path)
  }
  return found
}

function packagesOf(text: string): Package[] {
  const packages: Package[] = []
  for (const line of linesIn(text)) {
    const [name, epoch, version, release, architecture, sourceRpm, vendor] = line
      .split('\t', TAGS.length)
      .map((value) => (value === UNSAID ? undefined : value))
    // Keys that rpm trusts are kept as packages.
    if (name === 'gpg-pubkey' || !version || !release) continue
    const source = sourceOf(sourceRpm)
    const one = packageOf('rpm', {
      name,
      version: `${epoch ?? 0}:${version}-${release}`,
      architecture,
      source: source?.name,
      sourceVersion: source?.version === `${version}-${release}` ? undefined : source?.version,
      origin: vendor,
    })
    if (one) packages.push(one)
  }
  return packages
}

// openssh-8.7p1-38.el9.src.rpm: name, version and release; the file's name has no epoch.
function sourceOf(file: string | undefined): { name: string; version: string } | undefined {
  const parts = (file ?? '').replace(/\.(no)?src\.rpm$/, '').split('-')
  if (parts.length < 3) return undefined
  return { name: parts.slice(0, -2).join('-'), version: parts.slice(-2).join('-') }
}
