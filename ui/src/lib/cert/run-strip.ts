// Owns the picture of the last runs: a bar each, as high as the run was long.
import type { WatchRun } from '@vigie/shared/api/cert-watch'

/** More are too thin to be told apart, or hit. */
export const MAX_BARS = 96

export interface RunBar {
  readonly run: WatchRun
  /** Of the highest. */
  readonly heightRatio: number
}

/** A run of next to no time is still seen. */
const LEAST_RATIO = 0.12

/** The newest runs of one source or of all, oldest first. */
export function runBars(runs: readonly WatchRun[]): RunBar[] {
  const newest = runs.slice(0, MAX_BARS)
  const longestMs = Math.max(1, ...newest.map(({ tookMs }) => tookMs))
  return newest
    .map((run) => ({ run, heightRatio: Math.max(LEAST_RATIO, run.tookMs / longestMs) }))
    .reverse()
}
