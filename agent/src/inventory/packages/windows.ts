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
  const packages: Package[] = []
  let unread: string | undefined
  const add = async (key: string, architecture?: string): Promise<void> => {
    const text = await ask(key, '/s').catch(async () => {
      if (!(await isMissing(key, ask))) unread ??= `${key} could not be read`
      return ''
    })
    packages.push(...packagesOf(text, architecture))
  }
  packages.push(...packagesOf(await ask(`HKLM\\${UNINSTALL}`, '/s'), undefined))
  await add(`HKLM\\${UNINSTALL_32}`, 'x86')
  const people = await peopleIn(ask)
  if (people === undefined || people.length > MOST_PEOPLE) unread ??= 'not all of HKU could be read'
  for (const person of people?.slice(0, MOST_PEOPLE) ?? [])
    await add(`HKU\\${person}\\${UNINSTALL}`)
  return { packages, watched: [], ...(unread !== undefined && { unread }) }
}

type Ask = (key: string, ...more: string[]) => Promise<string>

// The program fails alike for what is not there and for what is refused, in the system's own language: what is above it
// says which. Windows of 32 bits has no WOW6432Node, and who installed nothing no Uninstall.
async function isMissing(key: string, ask: Ask): Promise<boolean> {
  const isOf32 = key.includes(NODE_OF_32)
  const last = isOf32 ? NODE_OF_32 : 'Uninstall'
  const above = isOf32 ? 'HKLM\\SOFTWARE' : key.slice(0, -'\\Uninstall'.length)
  const text = await ask(above).catch(() => undefined)
  if (text === undefined) return false
  return ![...linesIn(text)].some((line) => line.trimEnd().endsWith(`\\${last}`))
}

async function peopleIn(ask: Ask): Promise<string[] | undefined> {
  const text = await ask('HKU').catch(() => undefined)
  if (text === undefined) return undefined
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
