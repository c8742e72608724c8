// Owns what is a tag on the command line, and what is said of what is none.
import { Tag } from '@vigie/shared/api/rule'
import { Value } from 'typebox/value'
import { CommandError } from './command-error.ts'

/** Throws a {@link CommandError} that names the one that is none. */
export function checkedTags(tags: readonly string[]): string[] {
  const isTag = (written: string): boolean => Value.Check(Tag, written)
  const wrong = tags.find((written) => !isTag(written))
  if (wrong === undefined) return [...tags]
  throw new CommandError(
    `"${wrong}" is not a tag: up to 40 letters, digits and = : . _ / -, such as site=paris`,
    { exitCode: 2 },
  )
}
