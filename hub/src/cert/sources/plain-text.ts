// Owns how a source's texts (Markdown with HTML in it) become plain text: paragraphs apart by an empty line, no markup, nothing
// that hides or reorders letters. Every step looks at each character a bounded number of times.
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from './limits.ts'
import { withoutTags } from './markup.ts'

/** Markup and all: what comes after it is not looked at. */
const MAX_SOURCE_LENGTH = 200_000

const LINE_BREAKS = /\r\n?|[\u2028\u2029\u0085]/g
const SPACES = /[^\S\n]+/g
// Controls, soft hyphens, and what has no width or changes the direction of letters.
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu
const RULE = /^[-*_= ]{3,}$/
const FENCE = /^ {0,3}(?:```|~~~)[^\n]*$/m
const LIST_ITEM = /^(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)/

/** One line: what a title, a risk or an affected system is. */
export function plainLine(text: string, maxLength: number = MAX_LINE_LENGTH): string {
  return cut(plainText(text, maxLength * 2).replace(/\s+/g, ' '), maxLength)
}

/** For what is text already, such as an element's text content: spaces, and letters that no one sees. */
export function tidyLine(text: string, maxLength: number = MAX_LINE_LENGTH): string {
  const tidy = withoutInvisible(text.slice(0, MAX_SOURCE_LENGTH)).replace(/\s+/g, ' ').trim()
  return cut(tidy, maxLength)
}

/** Paragraphs are apart by an empty line; the items of a list are lines that begin with a dash or their number. */
export function plainText(text: string, maxLength: number = MAX_TEXT_LENGTH): string {
  const source = text.slice(0, MAX_SOURCE_LENGTH).replace(LINE_BREAKS, '\n')
  const paragraphs = source
    .split(FENCE)
    // Between two fences it is code, where "<name>" is no tag.
    .flatMap((part, i) => (i % 2 === 1 ? [linesOf(part)] : paragraphsOf(part)))
  const written = paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return cut(written.join('\n\n'), maxLength)
}

function linesOf(code: string): string[] {
  return withoutInvisible(code)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function paragraphsOf(source: string): string[][] {
  const paragraphs: string[][] = [[]]
  for (const raw of withoutInvisible(withoutTags(source)).split('\n')) {
    const line = raw.trim()
    const said = RULE.test(line) ? '' : withoutBlockMark(line)
    const lines = paragraphs.at(-1) ?? []
    if (said === '') paragraphs.push([])
    else if (line.startsWith('#')) paragraphs.push([said], [])
    else if (LIST_ITEM.test(line) || lines.length === 0) lines.push(said)
    // Sources wrap their lines at some column.
    else lines.push(`${lines.pop() ?? ''} ${said}`)
  }
  // Only now: what is marked may go on over a line's end.
  return paragraphs.map((lines) => lines.map(withoutMarks).filter((line) => line !== ''))
}

/** Never in the middle of a letter. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  return `${text
    .slice(0, maxLength - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`
}

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').replace(SPACES, ' ')
}

/** Without what says that it is a heading or a quotation; an item of a list begins with a dash, or its number. */
function withoutBlockMark(line: string): string {
  const item = LIST_ITEM.exec(line)?.[0]
  if (item !== undefined)
    return `${/^\d/.test(item) ? item.trim() : '-'} ${line.slice(item.length)}`
  return line
    .replace(/^#{1,6} ?/, '')
    .replace(/ #{1,6}$/, '')
    .replace(/^(?:> ?){1,8}/, '')
}

function withoutMarks(line: string): string {
  return line
    .replace(/!?\[([^[\]\n]{1,500})\]\((https?:[^()\s]{1,2000})\)/g, '$1 ($2)')
    .replace(/(?<!\\)\*{1,3}(?=[^\s*])([^*\n]{1,1000})(?<!\\)\*{1,3}/g, '$1')
    .replace(/(?<![\w\\])__(?=\S)([^_\n]{1,1000})__(?!\w)/g, '$1')
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~^"'$])/g, '$1')
    .replace(/\\$/, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}
