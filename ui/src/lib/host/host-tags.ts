// Owns what can be a tag of a host before the hub judges it (Tag in shared/src/api/rule.ts).

export const MAX_TAGS = 20
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}=:._/-]*$/u
const MAX_TAG_LENGTH = 40

/** The tags that were typed, separated by spaces or commas; null when one of them is none. */
export function readTags(typed: string): string[] | null {
  const tags = typed.split(/[\s,]+/).filter((tag) => tag !== '')
  return tags.every((tag) => TAG.test(tag) && tag.length <= MAX_TAG_LENGTH) ? tags : null
}
