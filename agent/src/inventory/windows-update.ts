// Owns the number that Windows' monthly updates raise (UBR), which advisories' builds end with: 2340 of 10.0.20348.2340.
import { existsSync } from 'node:fs'
import { outputOf } from './packages/bounded-program.ts'
import { REGISTRY_PROGRAM, registryEnvironment } from './packages/windows-registry.ts'

const KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'

/** Undefined where it is not told: no Windows, or one before 10. `root` is the machine's, with a slash at its end. */
export async function readUpdateNumber(root: string): Promise<number | undefined> {
  const program = root + REGISTRY_PROGRAM
  if (!existsSync(program)) return undefined
  const text = await outputOf(program, ['query', KEY, '/v', 'UBR'], registryEnvironment()).catch(
    // It cannot be told from a value that is not there; the build without it says that updates are unknown.
    () => '',
  )
  const hexadecimal = /^ +UBR +REG_DWORD +0x([0-9a-f]{1,8})\s*$/im.exec(text)?.[1]
  return hexadecimal === undefined ? undefined : Number.parseInt(hexadecimal, 16)
}

/** `10.0.20348.2340` of `10.0.20348`; what is no build stays as it is. */
export function wholeBuild(release: string, updateNumber: number | undefined): string {
  const isBuild = /^\d+\.\d+\.\d+$/.test(release)
  return isBuild && updateNumber !== undefined ? `${release}.${updateNumber}` : release
}
