// Owns the programs of Windows: what installers, winget's too, have written into the registry so that they can be taken
// away again. What the Store brings (MSIX) and what is only unpacked somewhere is not there.
import { existsSync } from 'node:fs'
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn } from './bounded-files.ts'
import { outputOf } from './bounded-program.ts'
import { packageOf, type PackageReader } from './package-reader.ts'
import { REGISTRY_PROGRAM, registryEnvironment } from './windows-registry.ts'

const UNINSTALL = 'Microsoft\\Windows\\CurrentVersion\\Uninstall'
// Those of 32 bits are kept apart where Windows itself is not of 32 bits.
const KEYS = [
  { key: `HKLM\\SOFTWARE\\${UNINSTALL}`, architecture: undefined },
  { key: `HKLM\\SOFTWARE\\WOW6432Node\\${UNINSTALL}`, architecture: 'x86' },
] as const
const NAMES = new Set(['DisplayName', 'DisplayVersion', 'Publisher'])
const MOST_VALUE = 1024
// People, not services; those who are signed in, as the registry has no others.
const PERSON = /^HKEY_USERS\\(S-1-(?:5-21|12-1)-[\d-]{1,80})\s*$/
const MOST_PEOPLE = 50

/** Nothing there changes that could be watched without asking for it. */
export const readWindows: PackageReader = async (root) => {
  const program = root + REGISTRY_PROGRAM
  if (!existsSync(program)) return undefined
  const env = registryEnvironment()
  const packages: Package[] = []
  for (const { key, architecture } of KEYS) {
    const asked = outputOf(program, ['query', key, '/s'], env)
    // Windows of 32 bits has not the second; the first is everywhere.
    const text = architecture === undefined ? await asked : await asked.catch(() => '')
    packages.push(...packagesOf(text, architecture))
  }
  for (const person of await people(program, env)) {
    const key = `HKU\\${person}\\SOFTWARE\\${UNINSTALL}`
    // Who installed nothing has no such key.
    const text = await outputOf(program, ['query', key, '/s'], env).catch(() => '')
    packages.push(...packagesOf(text, undefined))
  }
  return { packages, watched: [] }
}

async function people(program: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const text = await outputOf(program, ['query', 'HKU'], env).catch(() => '')
  return [...linesIn(text)]
    .map((line) => PERSON.exec(line)?.[1])
    .filter((person) => person !== undefined)
    .slice(0, MOST_PEOPLE)
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
