// Owns what the keeper tells the hub from its thread: plain data, one message a happening.
import type { HubProblem } from '@vigie/shared/api/hub-state'

export type KeeperReport =
  | { readonly type: 'sealed'; readonly ticks: number; readonly durationMs: number }
  | { readonly type: 'forgot'; readonly ticks: number; readonly hours: number }
  /** An hour of seconds of all hosts went before its time; its rollups stay. */
  | { readonly type: 'thinned'; readonly hourMs: number }
  /** Without a detail the problem is over. */
  | {
      readonly type: 'problem'
      readonly kind: Extract<HubProblem['kind'], 'disk-low' | 'database-full'>
      readonly detail: string | null
    }
  | { readonly type: 'oldest'; readonly timeMs: number | null }
  /** How far the clock is ahead of what has passed, null when it is believed again. */
  | { readonly type: 'doubt'; readonly aheadMs: number | null }
  /** Nothing is left of a host that was merged into another, or deleted. */
  | { readonly type: 'departed'; readonly hostId: number; readonly intoId: number | null }
  | { readonly type: 'failed'; readonly chore: string; readonly message: string }

export type Report = (report: KeeperReport) => void
