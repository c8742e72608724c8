// Owns the sentence that stands for a chart where it cannot be seen.
import { joined } from '../format/quantity.ts'
import type { ChartFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import type { Format } from './legend-rows.ts'
import type { SeriesStatistics } from './series-statistics.ts'

/** The words that the sentence is made of. */
export interface SummaryWords {
  line(parts: { series: string; now: string; min: string; max: string }): string
  noNow(parts: { series: string; min: string; max: string }): string
  whole(parts: { title: string; lines: string; range: string }): string
  nothing(parts: { title: string; range: string }): string
  more(count: number): string
  readonly total: string
}

const MAX_SPOKEN = 4

/**
 * "CPU: in all 12 %, between 3 % and 61 %; user 9 %, between ... in the last 5 minutes". A stack begins with its total;
 * after a few series the rest is counted, for nobody listens to thirty.
 */
export function summarize(
  plan: ChartPlan,
  frame: ChartFrame,
  options: { words: SummaryWords; format: Format; range: string },
): string {
  const { words, format, range } = options
  const title = plan.title
  if (!frame.some) return words.nothing({ title, range })
  const say = (series: string, { last, min, max }: SeriesStatistics) => {
    const ends = { series, min: joined(format(min)), max: joined(format(max)) }
    return last === null ? words.noNow(ends) : words.line({ ...ends, now: joined(format(last)) })
  }
  const known = plan.series.flatMap((series, index) => {
    const statistics = frame.statistics[index]
    return statistics && statistics.max !== null ? [{ label: series.label, statistics }] : []
  })
  const lines = known.slice(0, MAX_SPOKEN).map(({ label, statistics }) => say(label, statistics))
  if (frame.total) lines.unshift(say(words.total, frame.total))
  if (known.length > MAX_SPOKEN) lines.push(words.more(known.length - MAX_SPOKEN))
  return words.whole({ title, lines: lines.join('; '), range })
}
