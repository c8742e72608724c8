// Owns how the parts of the hub hear that there is something new of advisories, or of the watch that reads them.
import type { CertPart } from '@vigie/shared/protocol/live'

export type { CertPart }

export type CertNews = ReturnType<typeof createCertNews>

export function createCertNews() {
  const listeners = new Set<(part: CertPart) => void>()
  return {
    changed(part: CertPart): void {
      for (const listener of listeners) listener(part)
    },

    /** Returns how to end that. */
    onChange(listener: (part: CertPart) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
