// Owns how names that machines and people gave (hosts, devices, rules) become text of one line that hides nothing.

/** Line and paragraph separators, controls, and what only steers how text runs (Unicode TR 36, section 3.6). */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu

export const MAX_NAME_LENGTH = 80

/** One line without controls, at most `maxLength` characters; what was cut off is an ellipsis. */
export function plainLine(text: string, maxLength = MAX_NAME_LENGTH): string {
  const line = text.toWellFormed().replace(UNSEEN, ' ').replace(/ {2,}/g, ' ').trim()
  if (line.length <= maxLength) return line
  // Cut between code points, never within a pair.
  const points = Array.from(line)
  return points.length <= maxLength ? line : `${points.slice(0, maxLength - 1).join('')}…`
}
