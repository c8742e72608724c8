// Owns advisories on processors and their microcode: which lines name them, and whether a machine's processor is one of those.
import type { AffectedSystem, Evidence } from '@vigie/shared/api/advisory'
import { evidenceOf } from './rules.ts'
import { normalise } from './text/normalise.ts'

/** A line on the processors of a maker. */
export interface ProcessorClaim {
  readonly written: string
  readonly maker: Maker
  /** `xeon`, `core`: empty where all are meant. */
  readonly families: readonly string[]
  /** Of Core, as the line counts them; null where it does not. */
  readonly generation: number | null
}

type Maker = 'intel' | 'amd'

// What is said of processors begins so. A program that has the word in its name does not: "Intel Processor Identification
// Utility", "XenServer 8.4 sur processeur AMD Zen 5".
const IN_FRENCH =
  /^(?:tou(?:s|tes) )?(?:les? |la |l')?(?:(?:familles?|gammes?|series?) (?:de |des |d'))?(?:microcodes? (?:de |des |pour )?(?:les )?(?:processeurs? )?|processeurs? |cpu )(?:de |d')?(intel|amd)?\b(.*)$/
const IN_ENGLISH =
  /^(?:all )?(intel|amd)((?: [a-z\d-]+){0,6}?) (?:processors?|cpus?|microcode)(?: famil(?:y|ies))?(?:$| (?:without|prior|before|versions?|sans|anter)\b)/
// Of the same makers, or what runs on their processors.
const ANOTHER_THING =
  /graphi|gpu|radeon|\barc\b|reseau|network|wi-?fi|ethernet|driver|pilote|utilit|outil|tool|logiciel|software|application|sdk|kit\b|chipset|nuc\b|serveur|server board|bios|firmware|micrologiciel|hyperviseur|xen\b|vmware/
const FAMILIES: Readonly<Record<Maker, RegExp>> = {
  intel: /\b(?:xeon(?: d\b)?|core(?: ultra)?|atom|celeron|pentium|itanium)\b/g,
  amd: /\b(?:epyc|ryzen|threadripper|athlon|opteron)\b/g,
}
const GENERATION = /\b(\d{1,2})(?:e|eme|th) gen/

/** Undefined for a line that is not on processors, or whose maker is not read. */
export function processorClaim({ text, vendor }: AffectedSystem): ProcessorClaim | undefined {
  const line = normalise(text)
  const [, named, rest = ''] = IN_FRENCH.exec(line) ?? IN_ENGLISH.exec(line) ?? []
  if (rest === '' && named === undefined) return undefined
  if (ANOTHER_THING.test(line)) return undefined
  const said = normalise(vendor ?? '').replace(/^(?:n\/a|multiple)$/, '')
  const maker = named ?? said
  if (maker !== 'intel' && maker !== 'amd') return undefined
  if (said !== '' && said !== maker) return undefined
  const families = [...new Set(line.match(FAMILIES[maker]))]
  const generation = families.includes('core') ? GENERATION.exec(line)?.[1] : undefined
  return {
    written: text.slice(0, 500),
    maker,
    families,
    generation: generation === undefined ? null : Number(generation),
  }
}

/** `model`: as the machine's system names its processor; of one that says no maker nothing is known. */
export function judgeProcessor(
  claims: readonly ProcessorClaim[],
  model: string | undefined,
): Evidence | undefined {
  if (model === undefined) return undefined
  const name = normalise(model.replace(/\((?:r|tm)\)/gi, ' '))
  const claim = claims.find((one) => isOf(one, name))
  // Microcode comes with the system, the firmware or, for a virtual machine, with the one below it: no number says which it is.
  return claim && { ...evidenceOf({ rule: 'processor', line: claim.written }), processor: model }
}

function isOf({ maker, families, generation }: ProcessorClaim, name: string): boolean {
  const words = ` ${name.split(/[^a-z\d]+/).join(' ')} `
  const has = (word: string): boolean => words.includes(` ${word} `)
  if (!has(maker) || (families.length > 0 && !families.some(has))) return false
  if (generation === null) return true
  const own = generationOf(name)
  return own === undefined ? !has('ultra') : own === generation
}

// "12th Gen Intel Core i7-12700K", "Core i5-8500", "Core i7-1065G7".
function generationOf(name: string): number | undefined {
  const said = /\b(\d{1,2})th gen\b/.exec(name)?.[1]
  const number = /\bi[3579]-(\d{4,5})/.exec(name)?.[1] ?? ''
  const digits =
    number.length === 5 || number.startsWith('1') ? number.slice(0, 2) : number.slice(0, 1)
  const generation = said ?? digits
  return generation === '' ? undefined : Number(generation)
}
