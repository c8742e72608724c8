// Owns stretches: the runs of ticks without a hole, from which is told where there is data and where there is none.

/** An unbroken run of ticks: the times of its first and last, and the distance at which they were to follow each other. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** Ticks, and the interval that each one's agent had. */
export interface TimedTicks {
  readonly timesMs: Float64Array
  readonly stepsMs: Float64Array
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

/** The stretches of ticks in order of time. */
export function stretchesOf({ timesMs, stepsMs }: TimedTicks): Stretch[] {
  const stretches: Stretch[] = []
  for (let first = 0, tick = 0; tick < timesMs.length; tick++) {
    const [toMs, stepMs] = [timesMs[tick] ?? 0, stepsMs[tick] ?? 1]
    const isUnbroken = stepsMs[tick + 1] === stepMs && timesMs[tick + 1] === toMs + stepMs
    if (isUnbroken) continue
    stretches.push({ fromMs: timesMs[first] ?? 0, toMs, stepMs })
    first = tick + 1
  }
  return stretches
}

/** The stretches of the ticks of several, none of which has a tick that another has. */
export function mergedStretches(several: readonly (readonly Stretch[])[]): Stretch[] {
  const filled = several.filter((stretches) => stretches.length > 0)
  const merged: Stretch[] = []
  const ticks = filled.length === 1 ? (filled[0] ?? []) : ticksOfStretches(filled.flat())
  for (const next of [...ticks].sort((a, b) => a.fromMs - b.fromMs)) appendStretch(merged, next)
  return merged
}

/** Whether one of some stretches, which are in order and do not overlap, has a tick at a time. */
export function hasTick(stretches: readonly Stretch[], timeMs: number): boolean {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.toMs ?? Infinity) < timeMs) low = middle + 1
    else high = middle
  }
  const stretch = stretches[low]
  if (!stretch || timeMs < stretch.fromMs) return false
  return (timeMs - stretch.fromMs) % stretch.stepMs === 0
}

/** A stretch for each tick. */
export function ticksOfStretches(stretches: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(ticksOf)
}

function ticksOf({ fromMs, toMs, stepMs }: Stretch): Stretch[] {
  return Array.from({ length: (toMs - fromMs) / stepMs + 1 }, (_, index) => {
    const timeMs = fromMs + index * stepMs
    return { fromMs: timeMs, toMs: timeMs, stepMs }
  })
}
