// Owns the packages of Red Hat, SUSE and their kin, which only rpm can read.
import { existsSync } from 'node:fs'
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn } from './bounded-files.ts'
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
  const program = PROGRAMS.map((path) => root + path).find((path) => existsSync(path))
  const watched = DATABASES.map((path) => root + path).filter((path) => existsSync(path))
  if (!program || watched.length === 0) return undefined
  const env = { LC_ALL: 'C', PATH: '/usr/bin:/bin', HOME: '/nonexistent' }
  const text = await outputOf(program, ['-qa', '--qf', FORMAT], env)
  return { packages: packagesOf(text), watched }
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
