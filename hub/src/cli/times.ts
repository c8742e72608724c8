// Owns the times that people type: spans, instants as programs write them, and the wall clock of this terminal.
import { CommandError } from './command-error.ts'

export interface RangeOptions {
  readonly last?: string
  readonly from?: string
  readonly to?: string
}

export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/** For `--help`. */
export const TIMES_HELP = `
Times are what you would type here (${zone()}): "2026-11-23 14:00", "14:00", "yesterday 14:00", today, now;
or what programs write: ISO 8601 with its zone (2026-11-23T13:00:00Z), epoch milliseconds.
Spans: 90s, 15min, 6h, 10d.`

const SPAN_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Milliseconds of `90s`, `15min`, `6h`, `10d`, or undefined. */
export function parseSpan(written: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,9}(?:\.\d+)?) ?([a-z]+)$/.exec(written.trim()) ?? []
  const unitMs = SPAN_MS[unit]
  const spanMs = unitMs === undefined ? 0 : Math.round(Number(count) * unitMs)
  return spanMs > 0 ? spanMs : undefined
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/
const TYPED =
  /^(?:(\d{4})-(\d\d)-(\d\d)|(today|yesterday))?(?:(?:^|[ T])(\d{1,2}):(\d\d)(?::(\d\d))?)?$/

/** Epoch milliseconds of a written time, or undefined. What has no zone is the wall clock of this process. */
export function parseTime(written: string, nowMs: number): number | undefined {
  const text = written.trim()
  if (text === 'now') return nowMs
  if (/^\d{9,16}$/.test(text)) return Number(text)
  if (ISO.test(text)) return known(Date.parse(text))
  const match = TYPED.exec(text)
  if (!match || text === '') return undefined
  const [, year, month, date, word, hour = '0', minute = '0', second = '0'] = match
  const day = new Date(nowMs)
  if (word === 'yesterday') day.setDate(day.getDate() - 1)
  if (year !== undefined) day.setFullYear(Number(year), Number(month) - 1, Number(date))
  // The thirtieth of February, a thirteenth month, and 25 o'clock, would quietly become another day.
  if (month !== undefined && day.getMonth() !== Number(month) - 1) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  day.setHours(Number(hour), Number(minute), Number(second), 0)
  return known(day.getTime())
}

/** The range that options name; `defaultSpan` back from `--to`, or from now. Throws a {@link CommandError}. */
export function rangeOf(options: RangeOptions, nowMs: number, defaultSpanMs?: number): Range {
  const { last, from, to } = options
  if (last !== undefined && from !== undefined) {
    throw usage('--last and --from say the same thing twice: give one of them')
  }
  const toMs = to === undefined ? nowMs : timeOf('--to', to, nowMs)
  if (from !== undefined) return checked({ fromMs: timeOf('--from', from, nowMs), toMs })
  const spanMs = last === undefined ? defaultSpanMs : parseSpan(last)
  if (last !== undefined && spanMs === undefined) {
    throw usage(`--last is "${last}": a number and a unit, such as 90s, 15min, 6h, 10d`)
  }
  if (spanMs === undefined) throw usage('say how much: --last 24h, or --from and --to')
  return checked({ fromMs: Math.max(0, toMs - spanMs), toMs })
}

function timeOf(option: string, written: string, nowMs: number): number {
  const timeMs = parseTime(written, nowMs)
  if (timeMs !== undefined) return timeMs
  throw usage(
    `${option} is "${written}": write "2026-11-23 14:00", "yesterday 14:00", ISO 8601 with its zone, or epoch milliseconds`,
  )
}

function checked(range: Range): Range {
  if (range.fromMs < range.toMs) return range
  const [from, to] = [range.fromMs, range.toMs].map((timeMs) => new Date(timeMs).toISOString())
  throw usage(`--from (${from ?? ''}) must be before --to (${to ?? ''})`)
}

function usage(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 })
}

function known(timeMs: number): number | undefined {
  return timeMs >= 0 ? timeMs : undefined
}

function zone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
