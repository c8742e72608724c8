// Owns a letter as plain text of 72 columns, for readers without HTML, screen readers and terminals.
import type { Locale } from '@vigie/shared/format/locale'
import type { Block, Inline, LetterContent } from './content.ts'

const COLUMNS = 72
const INDENT = '  '

export function renderText(content: LetterContent, locale: Locale): string {
  const colon = locale === 'fr' ? '\u00a0:' : ':'
  const blocks = content.blocks
    .map((block) => blockText(block, colon))
    .filter((text) => text !== '')
  const title = wrapped(`${content.kicker}${colon} ${content.title}`)
  const address = content.titleUrl === null ? [] : [content.titleUrl]
  const parts = [[title, ...address].join('\n'), ...blocks, '-'.repeat(COLUMNS)]
  return `${[...joinHeadings(parts), `${inlineText(content.footer)}\n${content.mark}`].join('\n\n')}\n`
}

/** A heading stands close to what it is of. */
function joinHeadings(parts: readonly string[]): string[] {
  const joined: string[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last?.endsWith(HEADING)) joined[joined.length - 1] = last.slice(0, -1) + '\n' + part
    else joined.push(part)
  }
  return joined.map((part) => (part.endsWith(HEADING) ? part.slice(0, -1) : part))
}
const HEADING = '\u0001'

function blockText(block: Block, colon: string): string {
  switch (block.type) {
    case 'words':
      return inlineText(block.words)
    case 'actions':
      return block.actions.map(({ label, url }) => `${label}${colon}\n${INDENT}${url}`).join('\n')
    case 'heading':
      return `${wrapped([block.text, block.note].filter(Boolean).join(', '))}${HEADING}`
    case 'measures':
      return columns(
        block.rows.map(({ label, value, limit }) => [
          label,
          value,
          limit === '' ? '' : `${block.limit.toLowerCase()} ${limit}`,
        ]),
      )
    case 'chart':
      return [INDENT + block.sparkline, wrapped(block.words, INDENT)].join('\n')
    case 'table':
      return columns([block.columns, ...block.rows])
    case 'list':
      return block.items
        .map(({ text, url, note }) =>
          [
            wrapped(text, '', '  '),
            ...(note ? [wrapped(note, INDENT)] : []),
            ...(url === null ? [] : [INDENT + url]),
          ].join('\n'),
        )
        .join('\n')
    case 'names':
      return wrapped(block.items.map(({ text }) => text).join(', '), INDENT)
  }
}

function inlineText(words: readonly Inline[]): string {
  const links: string[] = []
  const text = words.map((word) => {
    if (typeof word === 'string') return word
    if ('strong' in word) return word.strong
    links.push(`${INDENT}${word.url}`)
    return word.link
  })
  return [wrapped(text.join('')), ...links].join('\n')
}

/** Lines of at most 72 columns, broken at plain spaces only; a longer word stays whole, as addresses must. */
export function wrapped(text: string, indent = '', hanging = indent): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const room = COLUMNS - (lines.length === 0 ? indent : hanging).length
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines.map((each, index) => (index === 0 ? indent : hanging) + each).join('\n')
}

/** The first column to the left and cut to what is left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const count = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(...rows.map((row) => (row[index] ?? '').length)),
  )
  const figures = widths.slice(1).reduce((sum, width) => sum + width + 2, 0)
  const first = Math.min(widths[0] ?? 0, COLUMNS - INDENT.length - figures)
  return rows
    .map((row) => {
      const [name = '', ...rest] = row
      const label = name.length > first ? `${name.slice(0, first - 1)}…` : name.padEnd(first)
      const cells = rest.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))
      return `${INDENT}${[label, ...cells].join('  ')}`.trimEnd()
    })
    .join('\n')
}
