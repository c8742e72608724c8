// Owns `vigie cert match`: documents and one machine's software, both from files, compared as the hub compares them.
import { readFile } from 'node:fs/promises'
import { evidenceSentence } from '@vigie/shared/advisories/evidence-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { Locale } from '@vigie/shared/format/locale'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { createMatcher } from '../cert/match/match-hosts.ts'
import { prepareAdvisories } from '../cert/match/prepare.ts'
import { loadAliases } from '../cert/match/product-aliases.ts'
import type { Match } from '../cert/ports.ts'
import { documentOfJson } from '../cert/sources/certfr-json.ts'
import { loadSettings } from '../settings.ts'
import { CERT_WORDS } from './cert-words.ts'
import { CommandError } from './command-error.ts'
import { hostOf } from './host-file.ts'

const Named = Type.Object({ reference: Type.String({ maxLength: 100 }) })

/** Verdicts other than `not`, in the order of the documents. Throws a {@link CommandError} for files that are not that. */
export async function matchFiles(advisoriesFile: string, hostFile: string): Promise<Match[]> {
  const host = hostOf(parsed(await textOf(hostFile), hostFile), hostFile)
  const documents = documentsIn(await textOf(advisoriesFile), advisoriesFile)
  const aliases = await loadAliases(loadSettings().dataDirectory)
  const matches = createMatcher(prepareAdvisories(documents, aliases)).match({ hostId: 1, ...host })
  const place = new Map(documents.map(({ reference }, index) => [reference, index]))
  const placeOf = ({ reference }: Match): number => place.get(reference) ?? 0
  return matches.toSorted((a, b) => placeOf(a) - placeOf(b))
}

export function matchLines(matches: readonly Match[], locale: Locale): string[] {
  const words = CERT_WORDS[locale]
  if (matches.length === 0) return [words.noneConcerns]
  return matches.map(({ reference, verdict, evidence: [first] }) => {
    const why = first ? `  ${plainLine(evidenceSentence(first, locale), 400)}` : ''
    return `${plainLine(reference)}  ${words.verdicts[verdict]}${why}`
  })
}

/** One document, a list of them, or one a line. */
function documentsIn(text: string, file: string): AdvisoryDocument[] {
  const whole = jsonOf(text)
  if (Array.isArray(whole))
    return whole.map((one, index) => documentOf(one, `${file}, ${index + 1}`))
  if (whole !== undefined) return [documentOf(whole, file)]
  return text.split('\n').flatMap((line, index): AdvisoryDocument[] => {
    const place = `${file}:${index + 1}`
    return line.trim() === '' ? [] : [documentOf(parsed(line, place), place)]
  })
}

function documentOf(json: unknown, place: string): AdvisoryDocument {
  if (!Value.Check(Named, json)) throw new CommandError(`${place}: it has no reference`)
  const { reference } = json
  const kind = reference.includes('-ALE-') ? 'alert' : 'notice'
  const source = kind === 'alert' ? 'certfr-alerts' : 'certfr-notices'
  const url = `https://www.cert.ssi.gouv.fr/${kind === 'alert' ? 'alerte' : 'avis'}/${reference}/`
  try {
    // When it was published decides nothing here.
    const expected = { source, kind, reference, url, publishedMs: 0 } as const
    return documentOfJson(JSON.stringify(json), expected)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandError(`${place}: ${why}`, { cause: error })
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandError(`${path} cannot be read: ${why}`, { cause: error })
  }
}

function parsed(text: string, place: string): unknown {
  const json = jsonOf(text)
  if (json === undefined) throw new CommandError(`${place} is no JSON`)
  return json
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // One of several lines, or no JSON: who asked says which.
    return undefined
  }
}
