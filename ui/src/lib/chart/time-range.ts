// Owns which stretch of time is looked at: the newest so much, or from one moment to another; zoomed, moved, kept sane.

export type TimeRange =
  | { readonly kind: 'last'; readonly spanMs: number }
  | { readonly kind: 'between'; readonly fromMs: number; readonly toMs: number }

export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** Closer than this there is nothing more to see. */
export const MIN_SPAN_MS = 10_000
/** The hub answers for no more at a time. */
export const MAX_SPAN_MS = 31 * 86_400_000

export function spanOf(range: TimeRange): number {
  return range.kind === 'last' ? range.spanMs : range.toMs - range.fromMs
}

export function stretchOf(range: TimeRange, nowMs: number): Stretch {
  if (range.kind === 'between') return { fromMs: range.fromMs, toMs: range.toMs }
  return { fromMs: nowMs - range.spanMs, toMs: nowMs }
}

/** From one moment to the other, whichever comes first, on whole milliseconds; not too short, not too long, not beyond now. */
export function between(oneMs: number, otherMs: number, nowMs: number): TimeRange {
  const middleMs = (oneMs + otherMs) / 2
  const wishedMs = Math.round(Math.abs(otherMs - oneMs))
  const spanMs = Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, wishedMs))
  const toMs = Math.max(spanMs, Math.min(Math.floor(nowMs), Math.round(middleMs + spanMs / 2)))
  return { kind: 'between', fromMs: toMs - spanMs, toMs }
}

/** Shows `factor` times as much; `aroundMs` keeps its place in the picture: when it is null the middle, or what is now. */
export function scaled(
  range: TimeRange,
  factor: number,
  { nowMs, aroundMs }: { nowMs: number; aroundMs: number | null },
): TimeRange {
  const { fromMs, toMs } = stretchOf(range, nowMs)
  const around = aroundMs ?? (range.kind === 'last' ? toMs : (fromMs + toMs) / 2)
  const bounded =
    Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, (toMs - fromMs) * factor)) / (toMs - fromMs)
  return between(around - (around - fromMs) * bounded, around + (toMs - around) * bounded, nowMs)
}

/** The same span, so much later; earlier when negative. */
export function moved(range: TimeRange, byMs: number, nowMs: number): TimeRange {
  const { fromMs, toMs } = stretchOf(range, nowMs)
  return between(fromMs + byMs, toMs + byMs, nowMs)
}

export function isSameRange(one: TimeRange, other: TimeRange): boolean {
  if (one.kind === 'last') return other.kind === 'last' && one.spanMs === other.spanMs
  return other.kind === 'between' && one.fromMs === other.fromMs && one.toMs === other.toMs
}
