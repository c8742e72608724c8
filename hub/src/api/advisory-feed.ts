// Owns advisories as an Atom feed (RFC 4287). What a source wrote is text in it, whatever it looks like.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { AdvisoryDetail } from '@vigie/shared/api/advisory'
import type { Locale } from '@vigie/shared/format/locale'

export interface FeedOptions {
  /** The address at which people reach the hub. */
  readonly hubUrl: string
  readonly locale: Locale
}

const WORDS = {
  en: {
    title: 'Vigie: advisories that concern your hosts',
    concerned: 'Concerned',
    check: 'To check',
    colon: ': ',
  },
  fr: {
    title: 'Vigie\u00a0: avis qui concernent vos machines',
    concerned: 'Concernées',
    check: 'À vérifier',
    colon: '\u00a0: ',
  },
} as const

const MAX_HOSTS = 100

export function atomFeed(
  advisories: readonly AdvisoryDetail[],
  { hubUrl, locale }: FeedOptions,
): string {
  const updatedMs = Math.max(0, ...advisories.map(updatedMsOf))
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<id>${escaped(`${hubUrl}/api/v1/advisories.atom`)}</id>
<title>${escaped(WORDS[locale].title)}</title>
<updated>${instant(updatedMs)}</updated>
<author><name>Vigie</name></author>
<link rel="self" href="${escaped(`${hubUrl}/api/v1/advisories.atom`)}"/>
<link rel="alternate" href="${escaped(`${hubUrl}/cert`)}"/>
${advisories.map((advisory) => entry(advisory, { hubUrl, locale })).join('\n')}
</feed>
`
}

function entry(advisory: AdvisoryDetail, { hubUrl, locale }: FeedOptions): string {
  const { reference, source, title, summary } = advisory
  const here = `${hubUrl}/cert/${encodeURIComponent(reference)}`
  // Of the reference, as that is its identity: the hub's address may change.
  const id = `urn:vigie:advisory:${encodeURIComponent(reference)}`
  const text = [hostsLine(advisory, 'concerned', locale), hostsLine(advisory, 'check', locale)]
  return `<entry>
<id>${escaped(id)}</id>
<title>${escaped(plainLine(`${reference}${WORDS[locale].colon}${title}`, 300))}</title>
<updated>${instant(updatedMsOf(advisory))}</updated>
<published>${instant(advisory.publishedMs)}</published>
<category term="${escaped(source)}"/>
<link rel="alternate" href="${escaped(here)}"/>
<summary type="text">${escaped(plainLine([...text, summary].filter(Boolean).join(' '), 2000))}</summary>
</entry>`
}

function hostsLine(
  { hosts }: AdvisoryDetail,
  verdict: 'concerned' | 'check',
  locale: Locale,
): string {
  const names = hosts.filter((host) => host.verdict === verdict)
  if (names.length === 0) return ''
  const shown = names.slice(0, MAX_HOSTS).map(({ hostName }) => plainLine(hostName, 60))
  return `${WORDS[locale][verdict]}${WORDS[locale].colon}${shown.join(', ')}${names.length > shown.length ? ', …' : ''}.`
}

/** A host that became concerned is news of the entry too. */
function updatedMsOf({ changedMs, hosts }: AdvisoryDetail): number {
  return Math.max(changedMs, ...hosts.map(({ sinceMs }) => sinceMs))
}

function instant(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** For text and attributes; what XML cannot hold (XML 1.0, section 2.2) becomes a blank. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? '')
}
