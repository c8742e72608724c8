// Owns what a page that nobody looks at costs: after a moment out of sight it asks the hub for nothing.
import type { LiveConnection } from './live-connection.svelte.ts'

/** Long enough to look something up in another tab without a gap to fill. */
const OUT_OF_SIGHT_MS = 15_000

/** Follows the tab's visibility; the answer stops it. */
export function watchVisibility(live: LiveConnection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(() => live.setIdle(true), OUT_OF_SIGHT_MS)
      return
    }
    live.setIdle(false)
    live.retryNow()
  }
  const online = () => live.retryNow()
  document.addEventListener('visibilitychange', follow)
  window.addEventListener('online', online)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', follow)
    window.removeEventListener('online', online)
  }
}
