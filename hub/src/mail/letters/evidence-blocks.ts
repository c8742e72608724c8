// Owns the evidence of a letter: the value against its limit, the hour before, the busiest processes, and what else is open.
import { capital } from '@vigie/shared/alerts/phrase'
import { incidentTitle } from '@vigie/shared/alerts/incident-words'
import { isYesOrNo, limitText } from '@vigie/shared/alerts/measure-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { measureWords } from '@vigie/shared/alerts/series-words'
import type { DownCondition, FillsCondition, MetricCondition } from '@vigie/shared/api/rule'
import { formatDuration } from '@vigie/shared/format/duration'
import { formatText } from '@vigie/shared/format/format-value'
import { findMeasure } from '@vigie/shared/metrics/derived'
import { parseSeries } from '@vigie/shared/metrics/series'
import { sparkline } from '../sparkline.ts'
import type { IncidentChart, IncidentEvidence, IncidentFacts } from '../ports.ts'
import type { Block, Measure, Picture } from './content.ts'
import { detailSentence, toldOf, type LetterContext } from './letter-context.ts'

const MAX_OTHERS = 10

/** Empty where there is no number to compare. */
export function measureBlocks(facts: IncidentFacts, context: LetterContext): Block[] {
  const rows = measuresOf(facts, context)
  const { words } = context
  if (rows.length === 0) return []
  return [
    { type: 'heading', text: words.valueAgainstLimit },
    { type: 'measures', value: words.value, limit: words.limit, rows },
  ]
}

function measuresOf(facts: IncidentFacts, context: LetterContext): Measure[] {
  const { condition } = facts.rule
  if (facts.kind === 'lost-sight') return []
  switch (condition.type) {
    case 'metric':
      return metricMeasures(facts, condition, context)
    case 'down':
      return downMeasures(facts, condition, context)
    case 'fills':
      return fillsMeasures(facts, condition, context)
    case 'reboot':
      return []
  }
}

function metricMeasures(
  facts: IncidentFacts,
  condition: MetricCondition,
  { locale, words }: LetterContext,
): Measure[] {
  const { value, worst, series } = facts
  if (value === null || isYesOrNo(condition)) return []
  const measure = findMeasure(condition.metric)
  const label = capital(measureWords(series, locale))
  const limit = limitText(condition.threshold, condition.metric, locale)
  const top =
    measure.unit === '1' ? 1 : Math.max(value, worst ?? value, condition.threshold, 0) * 1.15
  const row = (text: string, at: number): Measure => ({
    label: text,
    value: formatText(at, measure, locale),
    limit,
    bar: top > 0 ? { value: at / top, limit: condition.threshold / top } : null,
  })
  const isWorse =
    worst !== null && formatText(worst, measure, locale) !== formatText(value, measure, locale)
  if (!isWorse) return [row(label, value)]
  return [row(`${label}, ${words.whenItFired}`, value), row(`${label}, ${words.atWorst}`, worst)]
}

function downMeasures(
  { value, worst, detail }: IncidentFacts,
  { graceMs, stoppedGraceMs }: DownCondition,
  { locale, words }: LetterContext,
): Measure[] {
  const silentS = worst ?? value
  if (silentS === null) return []
  const limitMs = typeof detail['goodbye'] === 'string' ? (stoppedGraceMs ?? graceMs) : graceMs
  const top = Math.max(silentS * 1000, limitMs)
  return [
    {
      label: words.silent,
      value: formatDuration(silentS * 1000, locale),
      limit: formatDuration(limitMs, locale),
      bar: { value: (silentS * 1000) / top, limit: limitMs / top },
    },
  ]
}

function fillsMeasures(
  { value, detail }: IncidentFacts,
  { withinMs }: FillsCondition,
  { locale, words }: LetterContext,
): Measure[] {
  const used = detail['usedRatio']
  const measure = findMeasure('system.filesystem.utilization')
  const limit = formatDuration(withinMs, locale)
  return [
    ...(value === null
      ? []
      : [
          {
            label: words.timeToFull,
            value: formatDuration(value * 1000, locale),
            limit,
            bar: null,
          },
        ]),
    ...(typeof used === 'number'
      ? [
          {
            label: words.spaceUsed,
            value: formatText(used, measure, locale),
            limit: '',
            bar: { value: used, limit: 1 },
          },
        ]
      : []),
  ]
}

/** The hour before, as a picture where there is one, and as a line of text. */
export function chartBlocks(
  chart: IncidentChart | null,
  picture: Omit<Picture, 'alt'> | null,
  { locale, words, times }: LetterContext,
): Block[] {
  if (chart === null) return []
  const metric = parseSeries(chart.series)?.metric ?? chart.series
  const measure = findMeasure(metric)
  const name = capital(measureWords(chart.series, locale))
  const line = sparkline(chart.values, { side: measure.better === 'higher' ? 'low' : 'high' })
  const text = (value: number): string => formatText(value, measure, locale)
  const limit =
    chart.threshold === null ? '' : words.chartLimit(limitText(chart.threshold, metric, locale))
  const said =
    line.scale === null
      ? words.chartEmpty(name)
      : `${words.chart(name, text(line.scale.low), text(line.scale.high))}${limit}`
  const toMs = chart.fromMs + chart.stepMs * chart.values.length
  return [
    { type: 'heading', text: name, note: words.hourBefore(times.span(chart.fromMs, toMs)) },
    {
      type: 'chart',
      picture: picture === null ? null : { ...picture, alt: said },
      sparkline: line.text,
      words: said,
    },
  ]
}

export function otherBlocks(
  facts: IncidentFacts,
  { otherOpen }: IncidentEvidence,
  { locale, words, times, links }: LetterContext,
): Block[] {
  if (facts.host === null || otherOpen.length === 0) return []
  const items = otherOpen.slice(0, MAX_OTHERS).map((other) => ({
    text: incidentTitle(toldOf(other), locale),
    url: links.incident(other.id),
    note: `${words.since}${times.at(other.sinceMs)}. ${detailSentence(other, locale)}`,
  }))
  return [
    { type: 'heading', text: words.othersOpen(plainLine(facts.host.name, 60)) },
    { type: 'list', items },
  ]
}
