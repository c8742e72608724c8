// Owns the keys that work on every page. Keys typed into a field, or with a menu open, are the field's.

export interface ShortcutActions {
  readonly palette: () => void
  readonly help: () => void
  readonly fleet: () => void
  readonly compare: () => void
  readonly settings: () => void
  readonly add: () => void
  /** Returns whether the page has a filter to go to. */
  readonly filter: () => boolean
}

/** How long `g` waits for its second key. */
const CHORD_MS = 1200

/** A listener for keydown. */
export function shortcuts(actions: ShortcutActions): (event: KeyboardEvent) => void {
  let chordUntilMs = 0
  const goes: Record<string, () => void> = {
    f: actions.fleet,
    m: actions.compare,
    s: actions.settings,
    a: actions.add,
  }

  return (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      actions.palette()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
    const go = event.timeStamp < chordUntilMs ? goes[event.key] : undefined
    chordUntilMs = event.key === 'g' ? event.timeStamp + CHORD_MS : 0
    if (go) {
      event.preventDefault()
      go()
    } else if (event.key === '?') {
      event.preventDefault()
      actions.help()
    } else if (event.key === '/' && actions.filter()) {
      event.preventDefault()
    }
  }
}

function isTaken({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role="menu"], [role="dialog"]') !== null)
  )
}
