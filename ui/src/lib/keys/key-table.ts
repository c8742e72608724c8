// Owns the form of a table of keys: what it binds is what the help lists.
import type { common } from '../i18n/en/common.ts'

/** The names of the words that say what a key does. */
export type KeyWords = Extract<keyof typeof common, `key${string}`>

export interface KeyRow<Context> {
  /** As {@link nameOf} tells them. */
  readonly keys: readonly string[]
  /** What the help lists, where that is not every one of them. */
  readonly shown?: readonly string[]
  readonly words: KeyWords
  /** Returns false when there was nothing to do: the key is somebody else's then. */
  readonly run: (context: Context, key: string) => unknown
}

/** What the help needs of a row. */
export type ListedKey = Pick<KeyRow<never>, 'keys' | 'shown' | 'words'>

/** A key with the modifiers that make it another: `Shift ArrowLeft`, `Ctrl k`. Signs that take Shift are themselves. */
export function nameOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): string {
  if (event.ctrlKey || event.metaKey) return `Ctrl ${event.key.toLowerCase()}`
  return event.shiftKey && event.key.length > 1 ? `Shift ${event.key}` : event.key
}

/** Whether the table had something to do for the key. */
export function runKey<Context>(
  table: readonly KeyRow<Context>[],
  key: string,
  context: Context,
): boolean {
  const row = table.find(({ keys }) => keys.includes(key))
  return row !== undefined && row.run(context, key) !== false
}

/** Whether the key is for a field, a menu or a dialog that it was pressed in. */
export function isOccupied({ target }: Pick<KeyboardEvent, 'target'>): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role="menu"], [role="dialog"]') !== null)
  )
}
