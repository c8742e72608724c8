// Owns the views of time that the browser's history holds: each in its address, with how many lie behind it.
import { goto } from '$app/navigation'
import { page } from '$app/state'
import { lastRange, writeRange, type RangeName } from './time-address.ts'
import type { TimeRange } from './time-range.ts'
import type { ViewHistory } from './time-view.svelte.ts'

/** Of the page that is open; `usual` is the range that its address need not name. */
export function addressHistory(usual: RangeName): ViewHistory {
  const show = (range: TimeRange, depth: number) => {
    const path = page.url.pathname + writeRange(page.url.searchParams, range, usual)
    // eslint-disable-next-line svelte/no-navigation-without-resolve -- the page's own path
    void goto(path, { reset: false, state: { depth }, persistState: true })
  }
  const depthNow = () => page.state.depth ?? 0
  return {
    push: (range) => show(range, depthNow() + 1),
    back: () => {
      if (depthNow() > 0) history.back()
      // A link led here: what is usual lies behind it.
      else if (page.url.searchParams.has('from')) show(lastRange(usual), 0)
    },
  }
}
