// Owns how the parts of the hub hear that there is something new of advisories, or of the watch that reads them.
import type { CertPart } from '@vigie/shared/protocol/live'

export type { CertPart }

/** `hostIds` is undefined when it is about more than hosts. */
export type CertListener = (part: CertPart, hostIds: readonly number[] | undefined) => void

export type CertNews = ReturnType<typeof createCertNews>

export function createCertNews() {
  const listeners = new Set<CertListener>()
  return {
    /** `about`: the hosts that it is about; it is about more than hosts when that is left out, or one of them is null. */
    changed(part: CertPart, about?: readonly (number | null)[]): void {
      const hostIds = about?.filter((id) => id !== null)
      const isOfHosts = hostIds?.length === about?.length
      for (const listener of listeners) listener(part, isOfHosts ? hostIds : undefined)
    },

    /** Returns how to end that. */
    onChange(listener: CertListener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
