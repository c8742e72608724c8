// Owns what a page is that shows no advisories: a challenge to robots, the site under maintenance, an error, or a layout that we
// do not know.
import type { OpenedPage } from '../browser/site-session.ts'
import { SourceFault } from './source-fault.ts'

const CHALLENGES = [
  /just a moment/i,
  /attention required/i,
  /checking your browser|v[ée]rification de (?:votre navigateur|s[ée]curit[ée])/i,
  /captcha/i,
  /are you (?:a )?human|vous [êe]tes (?:un )?humain|not a robot|pas un robot/i,
  /ddos protection|protection anti-?(?:ddos|robots?)/i,
  /enable javascript and cookies|activer javascript et les cookies/i,
]
const MAINTENANCE = [
  /maintenance/i,
  /temporarily unavailable|momentan[ée]ment indisponible|temporairement indisponible/i,
  /(?:back|de retour) (?:soon|bient[ôo]t|dans)/i,
]
/** A page that says more is no notice of this kind, whatever words are in it. */
const MAX_NOTICE_LENGTH = 4_000

export interface SeenPage extends OpenedPage {
  readonly path: string
  readonly title: string
  readonly text: string
}

/** Undefined for a page that may be read. */
export function faultOfPage({
  path,
  status,
  isHtml,
  title,
  text,
}: SeenPage): SourceFault | undefined {
  const shown = `${title}\n${text}`
  const isShort = text.length < MAX_NOTICE_LENGTH
  const isOdd = status !== 200
  const said = `${path}: HTTP ${status}, "${title.replace(/\s+/g, ' ').trim().slice(0, 80)}"`
  if (isOdd && isShort && saysOneOf(CHALLENGES, shown)) return new SourceFault('challenge', said)
  if (isOdd && isShort && saysOneOf(MAINTENANCE, shown)) return new SourceFault('maintenance', said)
  if (isOdd) return new SourceFault('http-error', said)
  if (!isHtml) return new SourceFault('bad-document', `${path}: it is no HTML`)
  return undefined
}

/** Of what is no page: its words tell maintenance and a challenge from an error too. */
export function faultOfStatus({
  path,
  status,
  text,
}: Pick<SeenPage, 'path' | 'status' | 'text'>): SourceFault {
  const fault = faultOfPage({ path, status, isHtml: true, title: '', text })
  return new SourceFault(fault?.kind ?? 'http-error', `${path}: HTTP ${status}`)
}

/** Of a page that answered well and shows no advisory at all. */
export function faultOfEmptyPage({ path, title, text }: SeenPage): SourceFault {
  const shown = `${title}\n${text}`
  const isShort = text.length < MAX_NOTICE_LENGTH
  const said = `${path}: no advisory on "${title.replace(/\s+/g, ' ').trim().slice(0, 80)}"`
  if (isShort && saysOneOf(CHALLENGES, shown)) return new SourceFault('challenge', said)
  if (isShort && saysOneOf(MAINTENANCE, shown)) return new SourceFault('maintenance', said)
  return new SourceFault('no-cards', said)
}

function saysOneOf(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text))
}
