// Owns what one line of an advisory's affected systems says: a name, its versions, on which systems, under which conditions.
import { MAX_LINE_LENGTH, normalise } from './normalise.ts'
import { readRange } from './range-grammar.ts'
import type { VersionRange } from './version-range.ts'

export type Platform = 'windows' | 'linux' | 'macos' | 'android' | 'ios' | 'other'

/** Why a number alone does not decide: fixed without another number, only when set up so, only a part of the product. */
export type Doubt = 'patch' | 'condition' | 'component'

export interface AffectedLine {
  /** Normalised, without versions, platforms and brackets. May be empty. */
  readonly name: string
  /** What follows the name after " - ": a part of the product. */
  readonly part: string
  readonly range: VersionRange
  /** Empty: any. */
  readonly platforms: readonly Platform[]
  readonly doubts: readonly Doubt[]
  /** The whole line, normalised. */
  readonly text: string
  /** What stands before the versions, with its numbers, and what those versions are: for names that end with a number. */
  readonly head: string
  readonly headRange: VersionRange
}

const PLATFORMS = new Map<string, Platform>([
  ['windows', 'windows'],
  ['windows desktop', 'windows'],
  ['windows server', 'windows'],
  ['microsoft windows', 'windows'],
  ['desktop', 'windows'],
  ['linux', 'linux'],
  ['gnu/linux', 'linux'],
  ['unix', 'linux'],
  ['mac', 'macos'],
  ['macos', 'macos'],
  ['mac os', 'macos'],
  ['mac os x', 'macos'],
  ['os x', 'macos'],
  ['apple macos', 'macos'],
  ['android', 'android'],
  ['ios', 'ios'],
  ['ipados', 'ios'],
  ['iphone', 'ios'],
  ['ipad', 'ios'],
  ['aix', 'other'],
  ['solaris', 'other'],
  ['chromeos', 'other'],
  ['hololens', 'other'],
])

const PATCH_DOUBTS = [
  / ?\b(?:et |ou )?sans (?:le|la|les|l'|un|aucun|tous)\b.*$/,
  / ?\bavant (?:le|la|les) (?:correctif|mise a jour|mises a jour|bulletin)\b.*$/,
  / ?\b(?:without|missing) (?:the|a|security|latest)\b.*$/,
  / ?\bn'ayant pas\b.*$/,
]
const CONDITIONS = [
  / ?,? ?\b(?:si|lorsqu[e']|quand|seulement si|uniquement si|a condition|dans le cas|en cours d')\b.*$/,
  / ?\b(?:avec|ayant|disposant|possedant) (?:la|le|les|l'|une?|un)\b.*$/,
  / ?\b(?:utilisant|configure?e?s?|exposant|integrant|en configuration|hors configuration)\b.*$/,
  / ?\b(?:when|if|with the|using|configured)\b.*$/,
  / ?,? ?\bse referer\b.*$/,
]
// What is said after the versions' own sentence.
const NEXT_SENTENCE = /\. (?=\D).*$/
const RANGE_START =
  /(?:^|[ (])(?:(?:toutes? )(?:les |ses )?versions?|(?:all|any) versions?|versions?|releases?|(?:strictement )?(?:anterieur|inferieur|posterieur|superieur|ulterieur)|jusqu'|prior to|before|earlier than|avant|a partir de|comprise|<|>|≤|≥|v?\d+\.[\w.]{1,40} (?:through|to|a|-|(?:et|ou) (?:anter|infer|ulter|super|poster)|(?:and|or) (?:earl|prior|bel|lat|old|new)) ?)/
// "Java SE version Oracle GraalVM for JDK:17.0.13": the name that counts stands behind the word.
const OTHER_NAME = /^[a-z .]{2,60} version ([a-z][a-z .]{2,60}):(v?\d[\w.+-]*)$/
// "14.3 RU8 (14.3.10178.8000)", "12.3.2 (build 12.3.2.3617)": the bracket has the whole of the number before it.
const WHOLE_NUMBER =
  /\bv?(\d+(?:\.\d+)+)(?: ?(?:ru|u|update|sp|cu|hotfix|hf|patch|mp|r|p) ?\d+[a-z]?){0,3} \((?:(?:build|version) )?v?(\1(?:\.\d+)+)\)/g
const TRAILING_NUMBERS =
  /[ (]v?\d+\.[\dx*](?:[\w+~-]|\.\*?)*(?:(?: ?, ?| et | ou | and )v?\d+\.[\w.+~-]*)*\)?$/
const BRACKETS = /\([^()]{0,200}\)/g
const COMPONENT =
  /^(?:greffon|plugin|plug-in|extension|module|composant|component|theme|connecteur|script d'installation)\b/

/** Reads a line as the advisory writes it. */
export function readAffectedLine(written: string): AffectedLine {
  // "àV3.1" is written too.
  const text = normalise(written)
    .replace(/\ba(?=v\d)/g, 'a ')
    .replace(/ (?:installe?e?s?|installed) (?=sur |on )/, ' ')
  const doubts = new Set<Doubt>()
  let rest = text.replace(NEXT_SENTENCE, '')
  if (written.length > MAX_LINE_LENGTH) doubts.add('condition')
  for (const pattern of PATCH_DOUBTS) rest = cut(rest, pattern, () => doubts.add('patch'))
  for (const pattern of CONDITIONS) rest = cut(rest, pattern, () => doubts.add('condition'))
  rest = rest.replace(WHOLE_NUMBER, '$2')
  const [head, bound] = headAndBound(OTHER_NAME.exec(rest)?.slice(1).join(' ') ?? rest)
  const [named, versions] = nameAndVersions(head, bound)
  const tail = platformsAtEnd(versions)
  const subject = headOf(named.replace(BRACKETS, ' ').replace(/\s+/g, ' ').trim())
  if (tail.isUnknown) doubts.add('condition')
  const [name = '', ...parts] = subject.rest.split(/ (?:-|:) /)
  if (parts.length > 0 || COMPONENT.test(name)) doubts.add('component')
  return {
    name: name
      .replace(/^(?:(?:les?|la|logiciels?|produits?) |l')/, '')
      .replace(/(?<![ ,:;-])[ ,:;-]+$/, ''),
    part: parts.join(' - '),
    range: readRange(tail.rest.replace(BRACKETS, keptBracket)),
    platforms: [...tail.platforms, ...subject.platforms],
    doubts: [...doubts],
    text,
    head,
    headRange: readRange(platformsAtEnd(bound).rest.replace(BRACKETS, keptBracket)),
  }
}

function cut(text: string, pattern: RegExp, found: () => unknown): string {
  const index = text.search(pattern)
  if (index < 0) return text
  found()
  return text.slice(0, index)
}

function headAndBound(text: string): [string, string] {
  const start = RANGE_START.exec(text)
  return start ? [text.slice(0, start.index).trim(), text.slice(start.index)] : [text.trim(), '']
}

function nameAndVersions(named: string, versions: string): [string, string] {
  const numbers = TRAILING_NUMBERS.exec(named)
  if (!numbers) return [named, versions]
  return [named.slice(0, numbers.index).trim(), `${numbers[0]} ${versions}`]
}

// A bracket within versions repeats a number in another way, unless it holds the versions themselves.
function keptBracket(bracket: string): string {
  return /version|anterieur|inclu|exclu/.test(bracket) ? bracket : ' '
}

const LAST_FOR = /(?:^| )(?:pour|sur|for|on|sous) (?!.* (?:pour|sur|for|on|sous) )/
const FOR = /^ ?(?:pour|sur|for|on|sous) (?:systemes? |plateformes? )?([^()]{1,80})$/
const ARCHITECTURE = /^(?:editions? |les )?(?:x64|x86|amd64|arm|32|64)/

interface PlatformsRead {
  readonly rest: string
  readonly platforms: readonly Platform[]
  /** It ends with "pour ..." something else. */
  readonly isUnknown: boolean
}

function platformsAtEnd(text: string): PlatformsRead {
  // The last of several: "365 Apps pour Enterprise pour systèmes 64 bits".
  const start = text.search(LAST_FOR)
  const words = start < 0 ? undefined : FOR.exec(text.slice(start))?.[1]?.trim()
  if (words === undefined) return { rest: text, platforms: [], isUnknown: false }
  const named = words.split(/ ?, ?| et | ou | and | or | ?\/ ?(?!linux)/).map((word) => word.trim())
  const platforms = named.map((word) => PLATFORMS.get(word))
  if (platforms.every((platform) => platform !== undefined)) {
    return { rest: text.slice(0, start), platforms, isUnknown: false }
  }
  // What a program is written in is no condition.
  const isUnknown = !ARCHITECTURE.test(words) && !/^(?:go|java)\b/.test(words)
  return { rest: text.slice(0, start), platforms: [], isUnknown }
}

const SYSTEM_AT_END = /(?<! (?:pour|sur|for|on|sous)|^microsoft) (windows|macos)$/

// "Tanzu pour Valkey" is a name, "Office pour éditions 64 bits" a name and an architecture, "NetExtender Windows" both.
function headOf(named: string): PlatformsRead {
  const read = platformsAtEnd(named.replace(SYSTEM_AT_END, ' pour $1'))
  return read.isUnknown ? { rest: named, platforms: [], isUnknown: false } : read
}
