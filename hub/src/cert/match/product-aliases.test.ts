// The file of aliases: ours is sound, people's is merged over it, and a bad one is told in one line.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  AliasFileError,
  builtInAliases,
  loadAliases,
  MAX_OWN_ALIASES_BYTES,
  OWN_ALIASES_FILE,
} from './product-aliases.ts'
import { ProductIndex } from './product-index.ts'
import { normalise } from './text/normalise.ts'

describe('aliases', () => {
  let dataDir = ''
  beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'vigie-aliases-'))))
  afterEach(() => rm(dataDir, { recursive: true }))
  const write = (text: string) => writeFile(join(dataDir, OWN_ALIASES_FILE), text)

  it('of our own have distinct ids and names in normal form', () => {
    const { products } = builtInAliases()
    expect(new Set(products.map(({ id }) => id)).size).toBe(products.length)
    for (const { names } of products) for (const name of names) expect(normalise(name)).toBe(name)
  })

  it('are ours where people have written none', async () => {
    expect(await loadAliases(dataDir)).toEqual(builtInAliases())
  })

  it('of people are added, and replace ours of the same id', async () => {
    const products = [
      { id: 'our-erp', names: ['our erp'], makerPackages: { dpkg: ['our-erp-server'] } },
      { id: 'nginx', names: ['nginx'], packages: { dpkg: ['our-nginx'] } },
    ]
    await write(JSON.stringify({ products }))
    const aliases = await loadAliases(dataDir)
    expect(aliases.own).toBe(2)
    expect(aliases.products.length).toBe(builtInAliases().products.length + 1)
    const index = new ProductIndex(aliases)
    expect(index.installed({ manager: 'dpkg', name: 'our-nginx' })).toHaveLength(1)
    expect(index.installed({ manager: 'dpkg', name: 'nginx' })).toEqual([])
    expect(index.installed({ manager: 'dpkg', name: 'our-erp-server' })).toMatchObject([
      { isMakers: true },
    ])
  })

  it.each([
    ['{"products":', 'is no JSON'],
    ['[]', ''],
    ['{"products":[{"id":"x"}]}', '/products/0'],
    ['{"products":[{"id":"x","names":[""]}]}', '/products/0/names/0'],
    ['{"products":[{"id":"X Y","names":["x"]}]}', '/products/0/id'],
    ['{"products":[{"id":"x","names":["x"],"packages":{"deb":["x"]}}]}', '/products/0/packages'],
    [' '.repeat(MAX_OWN_ALIASES_BYTES + 1), 'larger than'],
  ])('that cannot be used are told in one line (%#)', async (text, what) => {
    await write(text)
    const error: unknown = await loadAliases(dataDir).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AliasFileError)
    const message = error instanceof Error ? error.message : ''
    expect(message).toContain(OWN_ALIASES_FILE)
    expect(message).toContain(what)
    expect(message).not.toContain('\n')
  })
})

describe('names', () => {
  const index = new ProductIndex(builtInAliases())

  it.each([
    ['dpkg', 'postgresql-16', 'postgresql'],
    ['dpkg', 'postgresql', ''],
    ['dpkg', 'postgresql-client-16', ''],
    ['dpkg', 'postgresql-16-pgvector', ''],
    ['dpkg', 'python3-redis', ''],
    ['dpkg', 'prometheus-nginx-exporter', ''],
    ['dpkg', 'mariadb-client', ''],
    ['dpkg', 'php8.2-fpm', 'php'],
    ['dpkg', 'php-redis', ''],
    ['rpm', 'MariaDB-server', 'mariadb'],
    ['windows', 'Mozilla Firefox (x64 fr)', 'firefox'],
    ['windows', 'Mozilla Firefox ESR (x64 fr)', 'firefox-esr'],
    ['windows', 'Java 8 Update 451 (64-bit)', 'openjdk'],
    ['winget', '7-Zip 23.01 (x64)', '7zip'],
    ['homebrew', 'postgresql@15', 'postgresql'],
  ] as const)('%s’s %s is %s', (manager, name, id) => {
    const found = index.installed({ manager, name }).map(({ alias }) => alias.id)
    expect(found.join(' ')).toBe(id)
  })

  it('of a package that is another elsewhere count only where they are the product', () => {
    const mariadb = (origin: string) => index.installed({ manager: 'rpm', name: 'mariadb', origin })
    expect(mariadb('SUSE LLC <https://www.suse.com/>')).toHaveLength(1)
    expect(mariadb('Red Hat, Inc.')).toEqual([])
  })

  it('of a product mean it only when the vendor is not another', () => {
    expect(index.named('openssl', 'openssl')?.alias.id).toBe('openssl')
    expect(index.named('openssl', '')?.alias.id).toBe('openssl')
    expect(index.named('openssl', 'siemens')).toBeUndefined()
    expect(index.named('microsoft office 2019', 'microsoft')).toMatchObject({ number: '2019' })
    expect(index.named('grafana loki', 'grafana')).toBeUndefined()
  })
})
