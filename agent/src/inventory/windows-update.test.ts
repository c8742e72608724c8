// Which update of its Windows a machine has.
import { expect, it } from 'vitest'
import { machineOf } from '../../test/machine-tree.ts'
import { readUpdateNumber, wholeBuild } from './windows-update.ts'

const REG = 'Windows/System32/reg.exe'

it('is the number that the registry tells in hexadecimal', async () => {
  const program = `case "$1 $2 $3 $4" in
'query HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion /v UBR')
printf '\\r\\nHKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Microsoft\\r\\n    UBR    REG_DWORD    0x924\\r\\n\\r\\n';;
*) exit 9;; esac`
  expect(await readUpdateNumber(await machineOf({ [REG]: { program } }))).toBe(2340)
})

it('is not known where the registry does not tell it', async () => {
  expect(await readUpdateNumber(await machineOf({ [REG]: { program: 'exit 1' } }))).toBeUndefined()
  expect(await readUpdateNumber(await machineOf({}))).toBeUndefined()
})

it('makes a build whole, and nothing else', () => {
  expect(wholeBuild('10.0.20348', 2340)).toBe('10.0.20348.2340')
  expect(wholeBuild('10.0.20348', undefined)).toBe('10.0.20348')
  expect(wholeBuild('14.5', 1)).toBe('14.5')
})
