// Owns a range that is typed: two moments of the viewer's own clock, and what is wrong with them.
import { MAX_SPAN_MS, MIN_SPAN_MS, type TimeRange } from '../chart/time-range.ts'

export type RangeFault = 'empty' | 'backwards' | 'future' | 'short' | 'long'

export type Checked =
  { readonly range: TimeRange } | { readonly field: 'from' | 'to'; readonly fault: RangeFault }

/** A moment as `<input type="datetime-local" step="1">` has it. */
export function localText(timeMs: number): string {
  const date = new Date(timeMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The range between two written moments, or the field at fault. One that ends in the future ends now. */
export function checkRange(from: string, to: string, nowMs: number): Checked {
  const fromMs = Date.parse(from)
  const wishedToMs = Date.parse(to)
  if (Number.isNaN(fromMs)) return { field: 'from', fault: 'empty' }
  if (Number.isNaN(wishedToMs)) return { field: 'to', fault: 'empty' }
  if (wishedToMs <= fromMs) return { field: 'to', fault: 'backwards' }
  if (fromMs >= nowMs) return { field: 'from', fault: 'future' }
  const toMs = Math.min(wishedToMs, Math.floor(nowMs))
  if (toMs - fromMs < MIN_SPAN_MS) return { field: 'to', fault: 'short' }
  if (toMs - fromMs > MAX_SPAN_MS) return { field: 'from', fault: 'long' }
  return { range: { kind: 'between', fromMs, toMs } }
}
