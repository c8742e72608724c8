// Owns the packages of Alpine: apk's database of what is installed.
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn, readBounded } from './bounded-files.ts'
import { packageOf, type PackageReader } from './package-reader.ts'

// P name, V version, A architecture, o the package that it is built of, m who maintains it; the rest are its files.
const FIELDS = 'PVAom'
const MOST_FIELD = 1024

export const readApk: PackageReader = async (root) => {
  const path = `${root}lib/apk/db/installed`
  const text = await readBounded(path)
  if (text === undefined) return undefined
  const isWhole = text === '' || (text.endsWith('\n') && /^P:/m.test(text))
  if (!isWhole) throw new Error(`${path} is damaged`)
  return { packages: packagesOf(text), watched: [path] }
}

function packagesOf(text: string): Package[] {
  const packages: Package[] = []
  let fields = new Map<string, string>()
  const end = (): void => {
    const one = packageOf('apk', {
      name: fields.get('P'),
      version: fields.get('V'),
      architecture: fields.get('A'),
      source: fields.get('o'),
      origin: fields.get('m'),
    })
    if (one) packages.push(one)
    fields = new Map()
  }
  for (const line of linesIn(text)) {
    const [letter = ''] = line
    if (line === '') end()
    else if (line[1] === ':' && FIELDS.includes(letter))
      fields.set(letter, line.slice(2, MOST_FIELD))
  }
  end()
  return packages
}
