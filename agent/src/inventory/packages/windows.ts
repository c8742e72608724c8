// Owns the programs of Windows: what installers, winget's too, have written into the registry so that they can be taken
// away again. What the Store brings (MSIX) and what is only unpacked somewhere is not there.
import { existsSync } from 'node:fs'
import type { Package } from '@vigie/shared/protocol/packages'
import { linesIn } from './bounded-files.ts'
import { outputOf } from './bounded-program.ts'
import { packageOf, type PackageReader } from './package-reader.ts'
import { REGISTRY_PROGRAM, registryEnvironment } from './windows-registry.ts'

const UNINSTALL = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall'
// Those of 32 bits are kept apart where Windows itself is not of 32 bits.
const NODE_OF_32 = 'WOW6432Node'
const UNINSTALL_32 = UNINSTALL.replace('SOFTWARE', `SOFTWARE\\${NODE_OF_32}`)
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
  const ask = (key: string, ...more: string[]): Promise<string> =>
    outputOf(program, ['query', key, ...more], env)
  const packages = packagesOf(await ask(`HKLM\\${UNINSTALL}`, '/s'), undefined)
  const of32 = await ask(`HKLM\\${UNINSTALL_32}`, '/s').catch(() => undefined)
  packages.push(...packagesOf(of32 ?? '', 'x86'))
  // A service is shown people's keys only where it is an administrator: it would lack them on every machine.
  for (const person of (await peopleIn(ask)).slice(0, MOST_PEOPLE)) {
    const text = await ask(`HKU\\${person}\\${UNINSTALL}`, '/s').catch(() => '')
    packages.push(...packagesOf(text, undefined))
  }
  const isWhole = of32 !== undefined || (await isOf32(ask))
  return {
    packages,
    watched: [],
    ...(!isWhole && { unread: `HKLM\\${UNINSTALL_32} could not be read` }),
  }
}

type Ask = (key: string, ...more: string[]) => Promise<string>

// The program fails alike for what is not there and for what is refused, in the system's own language: what is above it
// says which. Windows of 32 bits has no WOW6432Node.
async function isOf32(ask: Ask): Promise<boolean> {
  const text = await ask('HKLM\\SOFTWARE').catch(() => undefined)
  if (text === undefined) return false
  return ![...linesIn(text)].some((line) => line.trimEnd().endsWith(`\\${NODE_OF_32}`))
}

async function peopleIn(ask: Ask): Promise<string[]> {
  const text = await ask('HKU').catch(() => '')
  return [...linesIn(text)]
    .map((line) => PERSON.exec(line)?.[1])
    .filter((person) => person !== undefined)
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
