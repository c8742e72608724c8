// Owns the programs of Windows: what installers have written into the registry so that they can be taken away again.
import { existsSync } from 'node:fs'
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn } from './bounded-files.ts'
import { outputOf } from './bounded-program.ts'
import { packageOf, type PackageReader } from './package-reader.ts'

const PROGRAM = 'Windows/System32/reg.exe'
const UNINSTALL = 'Microsoft\\Windows\\CurrentVersion\\Uninstall'
// Those of 32 bits are kept apart where Windows itself is not of 32 bits.
const KEYS = [
  { key: `HKLM\\SOFTWARE\\${UNINSTALL}`, architecture: undefined },
  { key: `HKLM\\SOFTWARE\\WOW6432Node\\${UNINSTALL}`, architecture: 'x86' },
] as const
const NAMES = new Set(['DisplayName', 'DisplayVersion', 'Publisher'])
const MOST_VALUE = 1024

/** Nothing there changes that could be watched without asking for it. */
export const readWindows: PackageReader = async (root) => {
  const program = root + PROGRAM
  if (!existsSync(program)) return undefined
  const env = { SystemRoot: process.env['SystemRoot'] ?? 'C:\\Windows' }
  const packages: Package[] = []
  for (const { key, architecture } of KEYS) {
    const asked = outputOf(program, ['query', key, '/s'], env)
    // Windows of 32 bits has not the second; the first is everywhere.
    const text = architecture === undefined ? await asked : await asked.catch(() => '')
    packages.push(...packagesOf(text, architecture))
  }
  return { packages, watched: [] }
}

// A line with a key's name, then its values, a line each: four spaces, name, type and value, four spaces apart.
function packagesOf(text: string, architecture: string | undefined): Package[] {
  const packages: Package[] = []
  let values = new Map<string, string>()
  const end = (): void => {
    const one = packageOf('windows', {
      name: values.get('DisplayName'),
      version: values.get('DisplayVersion'),
      architecture,
      origin: values.get('Publisher'),
    })
    if (one) packages.push(one)
    values = new Map()
  }
  for (const line of linesIn(text)) {
    if (line.startsWith('HKEY_')) end()
    const [indent, name = '', type, ...rest] = line.slice(0, MOST_VALUE).split('    ')
    if (indent === '' && NAMES.has(name) && type === 'REG_SZ') values.set(name, rest.join('    '))
  }
  end()
  return packages
}
