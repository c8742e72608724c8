// Owns the word that somebody may see less, or is gone: open sockets look again at once.

export interface RightsChanges {
  tell(): void
  /** Returns how to end that. */
  onChange(listener: () => void): () => void
}

export function createRightsChanges(): RightsChanges {
  const listeners = new Set<() => void>()
  return {
    tell() {
      for (const listener of listeners) listener()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
