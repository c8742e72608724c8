// Owns the product aliases: what a product is called in advisories, and as which packages it is installed. Ours, and those of a hub's people.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import ours from './product-aliases.json' with { type: 'json' }

const strict = { additionalProperties: false }
const word = Type.String({ minLength: 1, maxLength: 120 })
const words = Type.Array(word, { maxItems: 100 })
/**
 * By package manager. `{n}` stands for a number such as 16 or 3.11; where a product's name has one too, they must be the
 * same. `source:openssl` is every package built from that source, `!name` never counts (a metapackage, a client), and
 * `name if suse` counts only where the package's origin has that word.
 */
const Packages = Type.Object(
  {
    dpkg: Type.Optional(words),
    rpm: Type.Optional(words),
    apk: Type.Optional(words),
    pacman: Type.Optional(words),
    homebrew: Type.Optional(words),
    winget: Type.Optional(words),
    windows: Type.Optional(words),
  },
  strict,
)
export type AliasPackages = Static<typeof Packages>

export const ProductAlias = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9+._-]{0,63}$' }),
    /** As advisories write them, in small letters without accents; `{n}` stands for a number. */
    names: Type.Array(word, { minItems: 1, maxItems: 100 }),
    /** An advisory that says another vendor means another product. Absent: any. */
    vendors: Type.Optional(words),
    role: Type.Optional(
      Type.Union(
        ['server', 'client', 'tool', 'agent', 'library', 'runtime'].map((role) =>
          Type.Literal(role),
        ),
      ),
    ),
    /** `own`: packages have numbers of another kind; `name`: on Windows the number is in the program's name. */
    numbering: Type.Optional(
      Type.Union([Type.Literal('upstream'), Type.Literal('own'), Type.Literal('name')]),
    ),
    packages: Type.Optional(Packages),
    /** That only the product's maker builds: their number is the product's own. */
    makerPackages: Type.Optional(Packages),
    /** Parts of an origin or version that tell the maker's own build of `packages`, in small letters. */
    makers: Type.Optional(words),
  },
  strict,
)
export type ProductAlias = Static<typeof ProductAlias>

const AliasFile = Type.Object(
  { products: Type.Array(ProductAlias, { maxItems: 5_000 }) },
  { additionalProperties: false },
)

/** What people write beside ours, in the hub's data directory. */
export const OWN_ALIASES_FILE = 'product-aliases.json'
export const MAX_OWN_ALIASES_BYTES = 2 * 1024 * 1024

/** A file of aliases cannot be used; its message is one line that says why. */
export class AliasFileError extends Error {
  override readonly name = 'AliasFileError'
}

export interface ProductAliases {
  readonly products: readonly ProductAlias[]
  /** How many of them people have added or replaced. */
  readonly own: number
}

/** Vigie's own aliases alone. */
export function builtInAliases(): ProductAliases {
  return { products: checked(ours, 'the built-in aliases'), own: 0 }
}

/** Ours, with those of the data directory merged over them by id. Rejects with an {@link AliasFileError}. */
export async function loadAliases(dataDir: string): Promise<ProductAliases> {
  const file = join(dataDir, OWN_ALIASES_FILE)
  const text = await readOwn(file)
  return text === undefined ? builtInAliases() : mergeAliases(text, file)
}

/** Merges the text of a file over ours. Throws an {@link AliasFileError}. */
export function mergeAliases(text: string, file: string): ProductAliases {
  const added = checked(parsed(text, file), file)
  const products = new Map(builtInAliases().products.map((product) => [product.id, product]))
  for (const product of added) products.set(product.id, product)
  return { products: [...products.values()], own: added.length }
}

async function readOwn(file: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(file)
    if (bytes.length > MAX_OWN_ALIASES_BYTES) throw new AliasFileError(`${file}: larger than 2 MB`)
    return bytes.toString('utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    if (error instanceof AliasFileError) throw error
    throw new AliasFileError(`${file}: cannot be read`, { cause: error })
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 200) : ''
    throw new AliasFileError(`${file}: is no JSON: ${why}`, { cause: error })
  }
}

function checked(value: unknown, file: string): ProductAlias[] {
  if (Value.Check(AliasFile, value)) return value.products
  const [error] = Value.Errors(AliasFile, value)
  throw new AliasFileError(
    `${file}: ${error?.instancePath ?? ''} ${error?.message ?? 'is not as it should be'}`.slice(
      0,
      300,
    ),
  )
}
