import fc from 'fast-check'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { incompleteEnd, linesOf, packageLine, packageOf, packagesText } from './package-line.ts'
import { Package } from './packages.ts'

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
const anyPackage: fc.Arbitrary<Package> = fc.record(
  {
    manager: fc.constantFrom('dpkg', 'rpm', 'windows'),
    name: text,
    version: text,
    architecture: fc.string({ minLength: 1, maxLength: 32 }),
    source: text,
    sourceVersion: text,
    origin: text,
  },
  { requiredKeys: ['manager', 'name', 'version'] },
)

it('a line is one line, whatever it holds, and says what was written', () => {
  const check = (one: Package) => {
    const line = packageLine(one)
    expect(line).not.toContain('\n')
    expect(packageOf(line)).toEqual(JSON.parse(JSON.stringify(one)))
    expect(Value.Check(Package, packageOf(line))).toBe(true)
  }
  fc.assert(fc.property(anyPackage, check))
})

it('a line does not depend on the order of members, and a text not on that of lines', () => {
  const one: Package = { manager: 'dpkg', name: 'a', version: '1', architecture: 'amd64' }
  const turned = Object.fromEntries(Object.entries(one).reverse()) as Package
  expect(packageLine(turned)).toBe(packageLine(one))
  const check = (packages: Package[]) => {
    const lines = packages.map(packageLine)
    expect(packagesText([...lines, ...lines].reverse())).toBe(packagesText(lines))
    expect(new Set(linesOf(packagesText(lines)))).toEqual(new Set(lines))
  }
  fc.assert(fc.property(fc.array(anyPackage), check))
  expect(linesOf(packagesText([]))).toEqual([])
})

it('P8: a list that lacks something never has the text of one that does not, in whatever order it is told', () => {
  const said = { unread: ['rpm', 'apk', 'rpm'] as const, isCut: false }
  const end = incompleteEnd({ ...said, unread: [...said.unread] })
  expect(end).toBe(incompleteEnd({ ...said, unread: ['apk', 'rpm'] }))
  const check = (one: Package) => !packagesText([packageLine(one)]).endsWith(end)
  fc.assert(fc.property(anyPackage, check))
  expect(incompleteEnd(undefined)).toBe('')
})
