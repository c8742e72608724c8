// Owns the words, French and English, that advisories write versions with, and cuts a text into them.

export type RangeWord =
  | {
      readonly type: 'version'
      /** Of a wildcard, what stands before it: `7.2`, or `9.1*` of 9.1x. */
      readonly text: string
      readonly isWildcard: boolean
      readonly written: string
    }
  | { readonly type: Sign }
  | { readonly type: 'unknown'; readonly text: string }

/**
 * `below` X, `at-most` X, `above` X, `at-least` X, `between` X and Y, X `to` Y, X `and-below`, X `and-above`, `all`
 * versions, `and` (also a comma), `noun` (the word "versions"), `including` and `excluding` the last one said.
 */
type Sign =
  | 'below'
  | 'at-most'
  | 'above'
  | 'at-least'
  | 'between'
  | 'to'
  | 'and-below'
  | 'and-above'
  | 'all'
  | 'and'
  | 'noun'
  | 'including'
  | 'excluding'

// Tried in order, where the text before ends: what is longer stands before what it begins with. No accents, small letters.
const SIGNS: readonly (readonly [RegExp, Sign | 'nothing'])[] = [
  [
    /(?:strictement )?(?:anterieure?s?|inferieure?s?) ?ou egales? (?:a|aux) (?:la |les )?(?:versions? )?/y,
    'at-most',
  ],
  [
    /(?:posterieure?s?|posterieurs|superieure?s?|ulterieure?s?) ?ou egales? (?:a|aux) (?:la |les )?(?:versions? )?/y,
    'at-least',
  ],
  [
    /(?:et|ou|and|or) (?:(?:les|toutes les) )?(?:versions? )?(?:anterieure?s?|inferieure?s?|precedentes?|earlier|prior|below|older|lower)\b(?: versions?\b)?(?! (?:a|to|than)\b)/y,
    'and-below',
  ],
  [
    /(?:et|ou|and|or) (?:(?:les|toutes les) )?(?:versions? )?(?:posterieure?s?|superieure?s?|ulterieure?s?|suivantes?|later|newer|above|higher|greater)\b(?: versions?\b)?(?! (?:a|to|than)\b)/y,
    'and-above',
  ],
  [
    /(?:strictement )?(?:anterieure?s?|anterieurs|inferieure?s?|precedant)(?: (?:a|aux))? (?:la |les |cette )?(?:versions? )?/y,
    'below',
  ],
  [
    /(?:strictement )?(?:posterieure?s?|posterieurs|superieure?s?|ulterieure?s?) (?:a|aux) (?:la |les )?(?:versions? )?/y,
    'above',
  ],
  [/jusqu'(?:a|aux|en) (?:la |les )?(?:versions? )?/y, 'at-most'],
  [/(?:up to|through|until)(?: and including)? (?:the )?(?:versions? )?/y, 'at-most'],
  [/(?:earlier|lower|older|less) than (?:the )?(?:versions? )?/y, 'below'],
  [/(?:later|higher|newer|greater) than (?:the )?(?:versions? )?/y, 'above'],
  [/(?:prior to|before|avant) (?:la |the )?(?:versions? )?/y, 'below'],
  [/(?:a partir|a compter) d(?:e |u |')(?:la )?(?:versions? )?/y, 'at-least'],
  [/(?:depuis|starting with|starting from|since) (?:la |the )?(?:versions? )?/y, 'at-least'],
  [/(?:comprises? )?entre (?:la |les )?(?:versions? )?/y, 'between'],
  [/between (?:versions? )?/y, 'between'],
  [/(?:allant )?(?:de|from) (?:la )?(?:versions? )?(?=v?\d)/y, 'between'],
  [/(?:toutes? )(?:les |ses )?versions?/y, 'all'],
  [/(?:all|any) versions?/y, 'all'],
  [/(?:versions?|releases?|builds?)\b/y, 'noun'],
  [/(?:a|to|au)(?= (?:la )?(?:versions? )?v?\d) (?:la )?(?:versions? )?/y, 'to'],
  [/(?:incluse?s?|comprise?s?|included|inclusive)\b/y, 'including'],
  [/(?:exclue?s?|non incluse?s?|non comprise?s?|excluded|exclusive)\b/y, 'excluding'],
  [/<=|≤/y, 'at-most'],
  [/>=|≥/y, 'at-least'],
  [/</y, 'below'],
  [/>/y, 'above'],
  [/(?:et|ou|and|or|ainsi que)\b|[,;/&]/y, 'and'],
  [/- (?=v?\d)/y, 'to'],
  // They change nothing of what a number says.
  [
    /(?:lts|elts|esr|ga|rtm|stable|la|les|le|des?|du|the|in|en|branches?|serie|series|vulnerables?|affectees?|uniquement)\b/y,
    'nothing',
  ],
  [/[():.-]+/y, 'nothing'],
]

// 7.2.x, 7.*, 9.1x, x.
const WILDCARD = /^(v?\d[\d.]*?)\.?(?:x|\*)(?:\.x)*(?:-[a-z]{2,5})?$/
// With its last number written twice: 138.0.7204.92/.93.
const VERSION = /v?\d+\.\d+\.\d[\d.]*\/\.?\d+(?![.\d])|v?\d[\w.+~:*-]*/y
const WORD = /[^\s,;()]+/y

/** More words are not read: the line is then unclear. */
export const MAX_WORDS = 200

/** Cuts normalised text into its words. */
export function rangeWords(text: string): RangeWord[] {
  const words: RangeWord[] = []
  let index = 0
  while (index < text.length && words.length < MAX_WORDS) {
    if (text[index] === ' ') {
      index++
      continue
    }
    const [word, end] = wordAt(text, index)
    if (word) words.push(word)
    index = end
  }
  if (index < text.length) words.push({ type: 'unknown', text: text.slice(index) })
  return words
}

function wordAt(text: string, index: number): [RangeWord | undefined, number] {
  const version = matchAt(VERSION, text, index)
  if (version !== undefined) {
    // The sentence's own signs at its end.
    const trimmed = version.replace(/(?<![.:~*-])[.:~*-]+$/, (end) =>
      end.includes('*') ? end : '',
    )
    return [versionWord(trimmed), index + version.length]
  }
  for (const [pattern, sign] of SIGNS) {
    const found = matchAt(pattern, text, index)
    if (found === undefined) continue
    return [sign === 'nothing' ? undefined : { type: sign }, index + found.length]
  }
  const word = matchAt(WORD, text, index) ?? text.charAt(index)
  return [{ type: 'unknown', text: word }, index + word.length]
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index
  const found = pattern.exec(text)?.[0]
  return found === '' ? undefined : found
}

function versionWord(written: string): RangeWord {
  // 138.0.7204.92/.93: the first is enough.
  const [text = written] = written.replace(/^v(?=\d)/, '').split('/')
  const wildcard = WILDCARD.exec(text)
  // 9.1x is any 9.1, 9.10 to 9.19; 1.1.1x is OpenSSL's patch of that letter.
  const isOpen = /\d[x*]/.test(text)
  if (wildcard?.[1] === undefined || (isOpen && text.split('.').length > 2)) {
    return { type: 'version', text, isWildcard: false, written: text }
  }
  const start = wildcard[1].replace(/\.$/, '')
  return { type: 'version', text: isOpen ? `${start}*` : start, isWildcard: true, written: text }
}
