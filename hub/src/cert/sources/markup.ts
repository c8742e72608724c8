// Owns taking HTML out of a text: tags are gone, those that end a line have ended it, entities are letters. What is left is text
// to be shown as text: it may look like markup where the source wrote it as text.

const BLOCK = new Set(
  'address article aside blockquote body dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html main nav ol p pre section table tbody thead tr ul'.split(
    ' ',
  ),
)
/** What is in them is no text. */
const SILENT = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'svg',
  'math',
  'title',
])
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  bull: '•',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ecirc: 'ê',
  ccedil: 'ç',
  ugrave: 'ù',
  ocirc: 'ô',
  icirc: 'î',
  acirc: 'â',
  Eacute: 'É',
  Agrave: 'À',
}
const NAME = /^<\/?([a-zA-Z][a-zA-Z0-9-]{0,30})/

export function withoutTags(source: string): string {
  // Of the same length: other alphabets have letters that are longer when they are small.
  const lower = source.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  let text = ''
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('<', at)
    if (open === -1) return text + withoutEntities(source.slice(at))
    text += withoutEntities(source.slice(at, open))
    // Markdown's way to write a "<" that is one.
    if (source[open - 1] === '\\') {
      text += '<'
      at = open + 1
      continue
    }
    const { words, next } = tagAt(source, open, lower)
    text += words
    at = next
  }
  return text
}

/** What stands for the tag, and where the text goes on. */
function tagAt(source: string, open: number, lower: string): { words: string; next: number } {
  const following = source[open + 1] ?? ''
  if (source.startsWith('<!--', open)) return { words: '', next: after(source, '-->', open + 4) }
  if (following === '!' || following === '?') {
    return { words: '', next: after(source, '>', open + 2) }
  }
  const name = NAME.exec(source.slice(open, open + 40))?.[1]?.toLowerCase()
  // "a < b" is text.
  if (name === undefined) return { words: '<', next: open + 1 }
  const next = after(source, '>', open)
  if (name === 'http' || name === 'https' || name === 'mailto') {
    return { words: source.slice(open + 1, next).replace(/>$/, ''), next }
  }
  if (SILENT.has(name) && following !== '/') {
    const end = lower.indexOf(`</${name}`, next)
    return { words: ' ', next: end === -1 ? source.length : after(source, '>', end) }
  }
  if (name === 'br') return { words: '\n', next }
  if (name === 'li') return { words: following === '/' ? '' : '\n- ', next }
  if (name === 'td' || name === 'th') return { words: ' ', next }
  return { words: BLOCK.has(name) ? '\n\n' : '', next }
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from)
  return found === -1 ? source.length : found + mark.length
}

function withoutEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const isHex = name[1] === 'x' || name[1] === 'X'
    const code = isHex ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
