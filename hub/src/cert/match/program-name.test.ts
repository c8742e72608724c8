// What programs are called, in the registry and by who writes of them.
import { describe, expect, it } from 'vitest'
import { numberInName, programCore, programKey, programKeys, windowsName } from './program-name.ts'

describe('the name of a program', () => {
  it('is told without version, architecture and language', () => {
    expect(windowsName('Microsoft .NET Runtime - 8.0.11 (x64)')).toBe('microsoft .net runtime')
    expect(windowsName('Microsoft 365 Apps for enterprise - fr-fr')).toBe(
      'microsoft 365 apps for enterprise',
    )
    expect(windowsName('Wireshark 4.2.2 x64')).toBe('wireshark')
    expect(numberInName('Python 3.12.2 (64-bit)')).toBe('3.12.2')
    expect(numberInName('Java 8 Update 451 (64-bit)')).toBe('8u451')
    expect(numberInName('Microsoft Edge')).toBeUndefined()
  })

  it.each([
    ['Palo Alto Networks Cortex XDR 8.5.1.6000', 'Palo Alto Networks, Inc.', 'cortex xdr'],
    ['SAP GUI for Windows 8.00 (Patch 5)', 'SAP SE', 'gui'],
    ['ESET Server Security pour Windows Server', 'ESET', 'server security'],
    ['Microsoft Edge Update Setup', 'Microsoft', 'edge update'],
    ['Photoshop 2024', 'Adobe', 'photoshop 2024'],
    ['Nessus', 'Nessus', 'nessus'],
  ])('%s of %s is its %s', (name, maker, core) => {
    expect(programCore(name, maker)).toBe(core)
  })

  it('is the same for who installs it and who writes of it', () => {
    const keys = (name: string, origin: string) =>
      programKeys({ manager: 'windows', name, version: '1', origin })
    expect(keys('Adobe Photoshop 2024', 'Adobe Inc.')).toContain(
      programKey('photoshop 2024', 'adobe')[0],
    )
    expect(keys('Adobe Photoshop 2025', 'Adobe Inc.')).not.toContain(
      programKey('photoshop 2024', 'adobe')[0],
    )
    const cask = { manager: 'homebrew', name: 'jetbrains-toolbox', version: '1' } as const
    expect(programKeys({ ...cask, origin: 'homebrew/cask' })).toContain(
      programKey('toolbox app', 'jetbrains')[1],
    )
    expect(programKeys({ ...cask, origin: 'homebrew/core' })).toEqual([])
  })
})
