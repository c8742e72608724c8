// Owns the way from a name in an advisory to a product, and from an installed package to the products that it is.
import type { Package } from '@vigie/shared/protocol/packages'
import type { AliasPackages, ProductAlias, ProductAliases } from './product-aliases.ts'
import { programCore, windowsName } from './program-name.ts'
import { normalise } from './text/normalise.ts'

export interface NamedProduct {
  readonly alias: ProductAlias
  /** The number that is part of the name: 2019 of Office 2019. */
  readonly number?: string
}

export interface InstalledProduct {
  readonly alias: ProductAlias
  /** Only the product's maker builds packages of this name. */
  readonly isMakers: boolean
  readonly number?: string
}

interface Entry {
  readonly alias: ProductAlias
  readonly isMakers: boolean
  /** Part of the origin, without which a package of this name is another. */
  readonly origin?: string
}

// Names without a number by themselves, the others as patterns.
class Names<Value> {
  readonly #exact = new Map<string, Value[]>()
  readonly #patterns: (readonly [RegExp, Value])[] = []

  add(name: string, value: Value): void {
    if (name.includes('{n}')) {
      this.#patterns.push([pattern(name), value])
      return
    }
    const values = this.#exact.get(name)
    if (values) values.push(value)
    else this.#exact.set(name, [value])
  }

  find(name: string): { value: Value; number?: string }[] {
    const found: { value: Value; number?: string }[] = (this.#exact.get(name) ?? []).map(
      (value) => ({ value }),
    )
    for (const [regex, value] of this.#patterns) {
      const number = regex.exec(name)?.[1]
      if (number !== undefined) found.push({ value, number })
    }
    return found
  }
}

function pattern(name: string): RegExp {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('\\{n\\}', '(\\d+(?:[._]\\d+){0,3})')}$`)
}

// Built from a product's source, but no part of what runs.
const NOT_RUN =
  /-(?:dev|devel|doc|docs|dbg|dbgsym|debuginfo|debugsource|lang|locales?|l10n|data|help|man|headers|src|examples)$/

export class ProductIndex {
  readonly #byName = new Names<ProductAlias>()
  readonly #byPackage = new Names<Entry>()
  readonly #bySource = new Names<Entry>()
  readonly #never = new Set<string>()

  constructor({ products }: ProductAliases) {
    for (const alias of products) {
      for (const name of alias.names) this.#byName.add(normalise(name), alias)
      this.#addPackages(alias, alias.packages, false)
      this.#addPackages(alias, alias.makerPackages, true)
    }
  }

  #addPackages(alias: ProductAlias, packages: AliasPackages | undefined, isMakers: boolean): void {
    for (const [manager, names] of Object.entries(packages ?? {})) {
      for (const written of names) {
        const [name = '', origin] = written.split(' if ')
        const entry = { alias, isMakers, ...(origin !== undefined && { origin }) }
        if (name.startsWith('!')) this.#never.add(`${alias.id} ${manager} ${name.slice(1)}`)
        else if (name.startsWith('source:'))
          this.#bySource.add(`${manager} ${name.slice(7)}`, entry)
        else this.#byPackage.add(`${manager} ${name}`, entry)
      }
    }
  }

  /** The product of which this is the whole name; `vendor` is normalised, empty when none is said. */
  named(name: string, vendor: string): NamedProduct | undefined {
    const found = this.#byName
      .find(name)
      .find(({ value }) => vendor === '' || isVendorOf(value, vendor))
    return (
      found && { alias: found.value, ...(found.number !== undefined && { number: found.number }) }
    )
  }

  // Where nobody has written what a product's packages are called, they are called as it is.
  #sameName(name: string, manager: Package['manager']): { value: Entry; number?: string }[] {
    return this.#byName
      .find(name.toLowerCase())
      .filter(({ value }) => !value.packages?.[manager] && !value.makerPackages?.[manager])
      .map(({ value, ...number }) => ({ value: { alias: value, isMakers: false }, ...number }))
  }

  /** Every product that a package of this name and source is. */
  installed(one: Pick<Package, 'manager' | 'name' | 'source' | 'origin'>): InstalledProduct[] {
    const { manager, name, source } = one
    const isProgram = manager === 'windows' || manager === 'winget'
    const own = isProgram ? windowsName(name) : name
    // winget lists what the registry has.
    const found = this.#byPackage.find(`${isProgram ? 'windows' : manager} ${own}`)
    if (!NOT_RUN.test(name)) found.push(...this.#bySource.find(`${manager} ${source ?? name}`))
    if (found.length === 0 && isProgram)
      found.push(...this.#byPackage.find(`windows ${programCore(name, one.origin ?? '')}`))
    if (found.length === 0) found.push(...this.#sameName(own, isProgram ? 'windows' : manager))
    const products = new Map<ProductAlias, InstalledProduct>()
    for (const { value, number } of found) {
      const { alias } = value
      if (value.origin !== undefined && !isOfOrigin(one.origin, value.origin)) continue
      if (this.#never.has(`${alias.id} ${manager} ${name}`)) continue
      const isMakers = value.isMakers || (products.get(alias)?.isMakers ?? false)
      products.set(alias, { alias, isMakers, ...(number !== undefined && { number }) })
    }
    return [...products.values()]
  }
}

function isOfOrigin(origin: string | undefined, part: string): boolean {
  return origin?.toLowerCase().includes(part) ?? false
}

function isVendorOf({ vendors }: ProductAlias, vendor: string): boolean {
  return vendors?.some((own) => vendor === own || vendor.split(/[ ,.]+/).includes(own)) ?? true
}
