// Owns what advisories say once they are read for matching: claims on products and on operating systems.
import type { AdvisoryDocument, AffectedSystem } from '@vigie/shared/api/advisory'
import type { ProductClaim } from './judge-product.ts'
import type { ReleaseClaim, Subject } from './judge-release.ts'
import type { ProductAliases } from './product-aliases.ts'
import { ProductIndex, type NamedProduct } from './product-index.ts'
import { processorClaim, type ProcessorClaim } from './processors.ts'
import { programKey } from './program-name.ts'
import { namedRelease } from './release/named-release.ts'
import { noticeSubject, titleProduct } from './title.ts'
import { readAffectedLine, type AffectedLine } from './text/affected-line.ts'
import { normalise } from './text/normalise.ts'

/** More lines of one advisory are not read. Of the real ones, few have more than a hundred. */
export const MAX_LINES = 2_000

/** Lines of one advisory on one product. */
export interface ProductGroup {
  /** An alias's id, `=name` for a package that is called just as the advisory calls it, or `~name` for a vendor's program. */
  readonly key: string
  readonly number?: string
  readonly vendor: string
  readonly claims: ProductClaim[]
}

/** A line on an operating system, with the product or package that its notice is about. */
export interface NoticeClaim extends ReleaseClaim {
  readonly product?: NamedProduct
  readonly packageName?: string
}

export interface PreparedAdvisory {
  readonly reference: string
  readonly groups: readonly ProductGroup[]
  readonly notices: readonly NoticeClaim[]
  /** Lines on the Linux kernel as its makers number it. */
  readonly kernel: readonly ProductClaim[]
  readonly processors: readonly ProcessorClaim[]
  readonly products: ProductIndex
  /** It could not be read whole, and why. */
  readonly problem?: string
}

/** Reads advisories for {@link matchHosts}. One that cannot be read has no claims and tells its `problem`. */
export function prepareAdvisories(
  documents: readonly AdvisoryDocument[],
  aliases: ProductAliases,
): PreparedAdvisory[] {
  const products = new ProductIndex(aliases)
  return documents.map((document) => {
    const { reference } = document
    try {
      return prepare(document, products)
    } catch (error) {
      const problem = error instanceof Error ? error.message.slice(0, 300) : 'cannot be read'
      return { reference, groups: [], notices: [], kernel: [], processors: [], products, problem }
    }
  })
}

const KERNEL_NAMES = new Set([
  'linux kernel',
  'noyau linux',
  'kernel linux',
  'linux',
  'noyau',
  'kernel',
])

function prepare(document: AdvisoryDocument, products: ProductIndex): PreparedAdvisory {
  const groups = new Map<string, ProductGroup>()
  const notices: NoticeClaim[] = []
  const kernel: ProductClaim[] = []
  const processors: ProcessorClaim[] = []
  const title = normalise(document.title)
  const subject = noticeSubject(document)
  const add = (claim: ProductClaim, vendor: string, named: readonly (NamedProduct | string)[]) => {
    for (const one of named) addTo(groups, claim, vendor, one)
  }
  for (const system of document.affected.slice(0, MAX_LINES)) {
    const processor = processorClaim(system)
    if (processor) {
      processors.push(processor)
      continue
    }
    const line = readAffectedLine(system.text)
    const written = system.text.slice(0, 500)
    const vendor = vendorOf(system)
    const claim = { written, line, isTitleOnly: false }
    const release = namedRelease(line)
    if (release) notices.push(notice(subject, { written, named: release }, products))
    else if (KERNEL_NAMES.has(line.name) && /^$|linux|kernel/.test(vendor)) kernel.push(claim)
    else add(claim, vendor, productsOf(line, system, products))
  }
  if (document.affected.length === 0) {
    const line = readAffectedLine(titleProduct(title))
    const claim = { written: document.title, line, isTitleOnly: true }
    add(
      claim,
      '',
      line.name === ''
        ? []
        : productsOf(line, { text: line.text, vendor: null, product: null }, products),
    )
  }
  const { reference } = document
  return { reference, groups: [...groups.values()], notices, kernel, processors, products }
}

function addTo(
  groups: Map<string, ProductGroup>,
  claim: ProductClaim,
  vendor: string,
  one: NamedProduct | string,
): void {
  const key = typeof one === 'string' ? one : one.alias.id
  const number = typeof one === 'string' ? undefined : one.number
  const id = `${key} ${number ?? ''}`
  const group = groups.get(id) ?? {
    key,
    vendor,
    claims: [],
    ...(number !== undefined && { number }),
  }
  group.claims.push(claim)
  groups.set(id, group)
}

function vendorOf({ vendor }: AffectedSystem): string {
  const name = normalise(vendor ?? '')
  return name === 'n/a' || name === 'multiple' ? '' : name
}

/** The products that a line names; a string is a key of a name that no alias knows. */
function productsOf(
  line: AffectedLine,
  system: AffectedSystem,
  products: ProductIndex,
): (NamedProduct | string)[] {
  const vendor = vendorOf(system)
  const product = normalise(system.product ?? '').replace(/^n\/a$/, '')
  for (const name of namesOf(line.name, vendor, product)) {
    const found = products.named(name, vendor)
    if (found) return [found]
  }
  // "Firefox et Firefox ESR", "Apache Tomcat, TomEE"
  const parts = line.name.split(/ ?, ?| et | ou | and | or | ?\/ ?/)
  const each =
    parts.length < 2 ? [] : parts.slice(0, 10).map((part) => partOf(part, vendor, products))
  const known = each.filter((found) => found !== undefined)
  if (known.length > 0) return known
  return unknownNames(line.name, vendor, product)
}

// Keys of what no alias knows: the package that is called so, and the vendor's program.
function unknownNames(name: string, vendor: string, product: string): string[] {
  const keys = new Set<string>()
  for (const each of isPartOf(name, product) ? [name, product] : [name]) {
    const names = isForDevices(vendor) ? [] : packageNames(each, vendor)
    for (const own of names.filter(isUsableName)) keys.add(`=${own.replaceAll(' ', '-')}`)
    if (vendor !== '') for (const key of programKey(each, vendor)) keys.add(key)
  }
  return [...keys]
}

function partOf(part: string, vendor: string, products: ProductIndex): NamedProduct | undefined {
  for (const name of namesOf(part, vendor, '')) {
    const found = products.named(name, vendor)
    if (found) return found
  }
  return undefined
}

// What these build under a name that packages have too runs on their own devices.
const DEVICE_MAKERS =
  /\b(?:siemens|synology|qnap|cisco|fortinet|juniper|palo alto|moxa|schneider|netapp|sonicwall|citrix|ivanti|sap|mitel|axis|belden|stormshield|netgate|zyxel|d-link|tp-link|ubiquiti|mikrotik|aruba|hpe|dell|lenovo|hitachi|abb|rockwell|bosch|philips|xerox|f5|check point|barracuda|sophos|watchguard|huawei|samsung|qualcomm|broadcom|brocade|ibm)\b/

function isForDevices(vendor: string): boolean {
  return DEVICE_MAKERS.test(vendor)
}

const PLAIN_WORDS =
  /^(?:serveur|server|service|navigateur|application|bibliotheque|library|paquet|package|client|outil|agent) (?:web |http |de |d')?/

function* namesOf(name: string, vendor: string, product: string): Generator<string> {
  if (name !== '') {
    yield name
    if (vendor !== '') yield `${vendor} ${name}`
    yield withoutVendor(name, vendor)
    yield name.replace(PLAIN_WORDS, '')
    yield name.replace(/ (?:lts|stable|mainline|open source|community edition|cms|core|oss)$/, '')
  }
  // The product that the advisory's data names, unless its text names another.
  if (isPartOf(name, product)) {
    yield product
    if (vendor !== '') yield `${vendor} ${product}`
  }
}

// "Frob" may be installed as frob-server, "Frob Server" as frob.
function packageNames(name: string, vendor: string): string[] {
  const own = withoutVendor(name, vendor)
  const server = SERVER_AT_END.test(name) ? name.replace(SERVER_AT_END, '') : `${own} server`
  return [name, own, server]
}

const SERVER_AT_END = / (?:server|serveur|community|oss)$/

function isPartOf(name: string, product: string): boolean {
  const own = new Set(product.split(/[^a-z0-9.+#]+/))
  return product !== '' && name.split(/[^a-z0-9.+#]+/).every((word) => word === '' || own.has(word))
}

function withoutVendor(name: string, vendor: string): string {
  return vendor !== '' && name.startsWith(`${vendor} `) ? name.slice(vendor.length + 1) : name
}

// Words that are the name of too many things.
const TOO_PLAIN = new Set(
  (
    'web server serveur agent client map portal framework manager platform commerce dxp cas base core desktop gateway ' +
    'service services tools toolkit engine enterprise security studio suite cloud network networks system data console test ' +
    'ssh editor mail player browser office sdk driver'
  ).split(' '),
)

function isUsableName(name: string): boolean {
  return name.length >= 3 && name.length <= 60 && !TOO_PLAIN.has(name) && /[a-z]{2}/.test(name)
}

function notice(
  documentSubject: string | undefined,
  claim: Omit<ReleaseClaim, 'subject'>,
  products: ProductIndex,
): NoticeClaim {
  const name = claim.named.subject !== '' ? claim.named.subject : documentSubject
  if (name === undefined) return { ...claim, subject: { type: 'unknown' } }
  if (isKernel(name)) return { ...claim, subject: { type: 'kernel' } }
  const subject: Subject = { type: 'packages' }
  const product = [...namesOf(name, '', '')]
    .map((each) => products.named(each, ''))
    .find((found) => found !== undefined)
  return product
    ? { ...claim, subject, product }
    : { ...claim, subject, packageName: name.replaceAll(' ', '-') }
}

function isKernel(name: string): boolean {
  return (
    KERNEL_NAMES.has(name) ||
    /^(?:le |les |paquet )?(?:noyaux?|linux(?:-image)?(?:-[a-z\d.]+)?|kernel(?:-[a-z]+)?)(?: linux)?$/.test(
      name,
    )
  )
}
