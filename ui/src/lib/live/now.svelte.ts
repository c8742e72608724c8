// Owns the second that the page shows: the hub's clock, read once a second while somebody looks.
import { live } from './live.ts'

class Now {
  /** Epoch milliseconds at the hub, as of the last whole second. */
  ms = $state(live.hubNowMs())

  /** Starts ticking; the answer stops it. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const nowMs = live.hubNowMs()
      if (document.visibilityState === 'visible') this.ms = nowMs
      timer = setTimeout(tick, 1000 - (nowMs % 1000))
    }
    tick()
    return () => clearTimeout(timer)
  }
}

export const now = new Now()
