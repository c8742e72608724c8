// Owns stretches: the runs of ticks without a hole, from which is told where there is data and where there is none.
import type { Block } from '@vigie/shared/codec/block'

/** An unbroken run of ticks: the times of its first and last, and the distance at which they were to follow each other. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** Adds a stretch behind those before it, joining them where the last tick's next one is its first. */
export function appendStretch(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1)
  if (last?.stepMs === next.stepMs && last.toMs + last.stepMs === next.fromMs) {
    stretches[stretches.length - 1] = { ...last, toMs: next.toMs }
  } else {
    stretches.push(next)
  }
}

/** Adds the ticks of a block, which is later than all before it. */
export function appendBlock(stretches: Stretch[], { startMs, stepMs, present }: Block): void {
  present.forEach((isPresent, tick) => {
    const timeMs = startMs + tick * stepMs
    if (isPresent) appendStretch(stretches, { fromMs: timeMs, toMs: timeMs, stepMs })
  })
}
