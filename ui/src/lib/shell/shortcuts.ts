// Owns the keys that work on every page. Keys typed into a field, or with a menu open, are the field's.
import { FILTER_KEYS } from '../fleet/list-keys.ts'
import { isOccupied, nameOf, runKey, type KeyRow } from '../keys/key-table.ts'
import { missingFor } from '../session/page-access.ts'
import { session } from '../session/session.svelte.ts'

export interface ShortcutActions {
  readonly palette: () => void
  readonly help: () => void
  readonly fleet: () => void
  readonly incidents: () => void
  readonly cert: () => void
  readonly compare: () => void
  readonly settings: () => void
  readonly add: () => void
}

/** How long `g` waits for its second key. */
const CHORD_MS = 1200
/** Works from within a field too. */
const PALETTE = 'Ctrl k'

interface Shortcut extends KeyRow<ShortcutActions> {
  /** Where it leads; it works for those who may open that. */
  readonly route?: string
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['g f'], words: 'keyFleet', run: ({ fleet }) => fleet() },
  { keys: ['g i'], words: 'keyIncidents', run: ({ incidents }) => incidents() },
  { keys: ['g c'], words: 'keyCert', route: '/cert', run: ({ cert }) => cert() },
  { keys: ['g m'], words: 'keyCompare', run: ({ compare }) => compare() },
  { keys: ['g s'], words: 'keySettings', run: ({ settings }) => settings() },
  { keys: ['g a'], words: 'keyAdd', route: '/add', run: ({ add }) => add() },
  { keys: [PALETTE], words: 'keyPalette', run: ({ palette }) => palette() },
  { keys: ['?'], words: 'keyHelp', run: ({ help }) => help() },
]

/** Those that work for whoever is signed in. */
export function ownShortcuts(): readonly Shortcut[] {
  return SHORTCUTS.filter(({ route = '/' }) => missingFor(route, session.person) === undefined)
}

/** A listener for keydown. */
export function shortcuts(actions: ShortcutActions): (event: KeyboardEvent) => void {
  let chordUntilMs = 0

  return (event) => {
    const name = nameOf(event)
    if (event.altKey || (name !== PALETTE && isOccupied(event))) return
    const names = event.timeStamp < chordUntilMs ? [`g ${name}`, name] : [name]
    chordUntilMs = name === 'g' ? event.timeStamp + CHORD_MS : 0
    const table = [...ownShortcuts(), ...FILTER_KEYS]
    if (names.some((each) => runKey(table, each, actions))) event.preventDefault()
  }
}
