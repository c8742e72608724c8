// Owns `vigie cert list` and `vigie cert show`: what is published, and whom of the fleet it concerns.
import { evidenceSentence } from '@vigie/shared/advisories/evidence-words'
import { sourceName } from '@vigie/shared/advisories/failure-words'
import { lackWords } from '@vigie/shared/advisories/uncompared-words'
import { capital } from '@vigie/shared/alerts/phrase'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { Advisory, AdvisoryDetail, AdvisoryPage } from '@vigie/shared/api/advisory'
import type { CertWatch, UncomparedHost } from '@vigie/shared/api/cert-watch'
import type { Locale } from '@vigie/shared/format/locale'
import { createAdvisoryDesk, type AdvisoryDeskParts } from '../advisory-desk.ts'
import { uncomparedHosts } from '../cert/uncompared-hosts.ts'
import { CERT_WORDS } from './cert-words.ts'
import { CommandError } from './command-error.ts'
import { hubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'
import { momentOf } from './moment.ts'
import { tableLines } from './table.ts'

export interface ListOptions {
  readonly all?: true
  readonly concerns?: true
  readonly hub?: string
}

/** More than anybody reads. */
const MAX_LISTED = 500
const TITLE_LENGTH = 100
const TEXT_LENGTH = 2000

/** Hosts that cannot be compared whole. */
export async function readUncompared(hub: string | undefined): Promise<UncomparedHost[]> {
  const api = hubApi(hub)
  if (api) return ((await api.get('/api/v1/cert')) as CertWatch).compared.without
  return uncomparedHosts(await withHubFiles(({ store }) => store.packages.told()))
}

/** As a sentence, and a line for each; nothing where every host is compared whole. */
export function uncomparedLines(hosts: readonly UncomparedHost[], locale: Locale): string[] {
  if (hosts.length === 0) return []
  return sectionLines(
    CERT_WORDS[locale].uncompared(hosts.length),
    hosts.map(({ hostName, lacks }) => `${plainLine(hostName)}: ${lackWords(lacks, locale)}`),
  )
}

/** Newest first. */
export function readAdvisories({ all, concerns, hub }: ListOptions): Promise<Advisory[]> {
  const state = all ? 'all' : 'open'
  const api = hubApi(hub)
  if (!api) {
    return withHubFiles(({ store }) =>
      deskOf(store).page({ state, limit: MAX_LISTED, ...(concerns && { concerns }) }),
    )
  }
  const search = new URLSearchParams({ state, limit: String(MAX_LISTED) })
  if (concerns) search.set('concerns', 'true')
  return api
    .get(`/api/v1/advisories?${search.toString()}`)
    .then((page) => (page as AdvisoryPage).items)
}

export function advisoryLines(
  advisories: readonly Advisory[],
  { locale, concerns = false }: { locale: Locale; concerns?: boolean },
): string[] {
  const words = CERT_WORDS[locale]
  if (advisories.length === 0) return [concerns ? words.noneConcerns : words.noneOpen]
  return tableLines([
    words.headings,
    ...advisories.map((advisory) => [
      plainLine(advisory.reference),
      dayOf(advisory.publishedMs, locale),
      stateOf(advisory, locale),
      words.hosts(advisory.concerned, advisory.toCheck),
      plainLine(advisory.title, TITLE_LENGTH),
    ]),
  ])
}

/** Throws a {@link CommandError} when there is no such advisory. */
export async function readAdvisory(
  reference: string,
  hub: string | undefined,
): Promise<AdvisoryDetail> {
  const api = hubApi(hub)
  if (api) {
    return (await api.get(`/api/v1/advisories/${encodeURIComponent(reference)}`)) as AdvisoryDetail
  }
  const found = await withHubFiles(({ store }) => deskOf(store).get(reference))
  if (!found) {
    throw new CommandError(
      `there is no advisory "${plainLine(reference)}": \`vigie cert list --all\` lists them`,
    )
  }
  return found
}

// What nothing is compared for: why an alert concerns nobody is not known.
function deskOf(store: AdvisoryDeskParts['store']) {
  return createAdvisoryDesk({ store, whyNot: () => undefined, onChanged: () => undefined })
}

export function advisoryDetailLines(advisory: AdvisoryDetail, locale: Locale): string[] {
  const words = CERT_WORDS[locale]
  const { handled, owner } = advisory
  const facts: [string, string][] = [
    [words.facts.source, capital(sourceName(advisory.source, locale))],
    [words.facts.published, dayOf(advisory.publishedMs, locale)],
    ...(advisory.revisedMs === null
      ? []
      : [[words.facts.revised, dayOf(advisory.revisedMs, locale)] as [string, string]]),
    ...(advisory.closedMs === null
      ? []
      : [[words.facts.closed, dayOf(advisory.closedMs, locale)] as [string, string]]),
    [words.facts.risks, joinedLine(advisory.risks)],
    [words.facts.cves, joinedLine(advisory.cves)],
    [words.facts.link, plainLine(advisory.url, 300)],
    ...(owner === null
      ? []
      : [
          [
            words.facts.owner,
            plainLine(`${owner.name}, ${momentOf(owner.sinceMs, locale)}`, TEXT_LENGTH),
          ] as [string, string],
        ]),
    ...(handled === null
      ? []
      : [
          [
            words.facts.handled,
            plainLine(
              `${words.handled[handled.state]}, ${handled.by}, ${momentOf(handled.atMs, locale)} ${handled.comment}`,
              TEXT_LENGTH,
            ),
          ] as [string, string],
        ]),
  ]
  const width = Math.max(...facts.map(([name]) => name.length))
  return [
    `${plainLine(advisory.reference)}  ${plainLine(advisory.title, 200)}`,
    ...facts
      .filter(([, said]) => said !== '')
      .map(([name, said]) => `${name.padEnd(width)}  ${said}`),
    ...hostLines(advisory, locale),
    ...sectionLines(
      words.affected,
      advisory.affected.map(({ text, product }) => text || (product ?? '')),
    ),
    ...sectionLines(words.summary, advisory.summary.split('\n\n')),
    ...sectionLines(words.solution, advisory.solution.split('\n\n')),
  ]
}

function hostLines({ hosts, uncompared }: AdvisoryDetail, locale: Locale): string[] {
  const words = CERT_WORDS[locale]
  if (hosts.length === 0)
    return ['', words.noHosts, ...(uncompared > 0 ? [words.uncompared(uncompared)] : [])]
  return (['concerned', 'check'] as const).flatMap((verdict) => {
    const some = hosts.filter((host) => host.verdict === verdict)
    return sectionLines(
      words.verdicts[verdict],
      some.map(({ hostName, evidence }) => {
        const [first] = evidence
        const why = first ? `: ${evidenceSentence(first, locale)}` : ''
        return `${plainLine(hostName)}${why}`
      }),
    )
  })
}

function sectionLines(heading: string, lines: readonly string[]): string[] {
  const said = lines.map((line) => plainLine(line, TEXT_LENGTH)).filter((line) => line !== '')
  return said.length === 0 ? [] : ['', heading, ...said.map((line) => `  ${line}`)]
}

function joinedLine(items: readonly string[]): string {
  return plainLine(items.join(', '), TEXT_LENGTH)
}

function stateOf({ closedMs, isRemoved }: Advisory, locale: Locale): string {
  const words = CERT_WORDS[locale]
  if (closedMs !== null) return words.closed
  return isRemoved ? words.removed : words.open
}

/** Days of sources are midnight UTC, whatever the zone of who reads. */
function dayOf(timeMs: number, locale: Locale): string {
  return new Date(timeMs).toLocaleDateString(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    dateStyle: 'medium',
  })
}
