// Owns the three figures that an incident is told by: value, limit and worst, or what stands for them.
import { lostHosts } from '@vigie/shared/alerts/incident-words'
import { isYesOrNo } from '@vigie/shared/alerts/measure-words'
import type { Incident } from '@vigie/shared/api/incident'
import type { MetricCondition } from '@vigie/shared/api/rule'
import { findMeasure } from '@vigie/shared/metrics/derived'
import { formatAge, formatSeconds } from '../format/duration.ts'
import { formatMetric, formatValue } from '../format/format-value.ts'
import { fixed } from '../format/number.ts'
import { UNKNOWN, type Quantity } from '../format/quantity.ts'
import { lastedMs } from './incident-sentences.ts'
import type { Speaker } from './mail-words.ts'

export interface IncidentFact {
  readonly label: string
  readonly quantity: Quantity
}

/** Empty where there is nothing to measure. */
export function factsOf(incident: Incident, speaker: Speaker): IncidentFact[] {
  const { t, locale, nowMs } = speaker
  const lasted = {
    label: t('incidents:factLasted'),
    quantity: formatAge(lastedMs(incident, nowMs), locale),
  }
  if (incident.kind === 'lost-sight') {
    const hosts = { number: fixed(lostHosts(incident).count, 0, locale), unit: '' }
    return [{ label: t('incidents:factHosts'), quantity: hosts }, lasted]
  }
  const { condition } = incident.rule
  switch (condition.type) {
    case 'down': {
      const isStopped = typeof incident.detail['goodbye'] === 'string'
      const graceMs = (isStopped ? condition.stoppedGraceMs : null) ?? condition.graceMs
      return [
        { label: t('incidents:factSilence'), quantity: lasted.quantity },
        { label: t('incidents:factLimit'), quantity: span(graceMs / 1000, locale) },
      ]
    }
    case 'reboot':
      return []
    case 'fills':
      return [
        {
          label: t('incidents:factFull'),
          quantity: incident.value === null ? UNKNOWN : span(incident.value, locale),
        },
        { label: t('incidents:factLimit'), quantity: span(condition.withinMs / 1000, locale) },
        { label: t('incidents:factUsed'), quantity: usedOf(incident, locale) },
      ]
    case 'metric':
      return isYesOrNo(condition) ? [] : metricFacts(incident, condition, speaker)
  }
}

function metricFacts(
  { value, worst }: Incident,
  { metric, threshold }: MetricCondition,
  { t, locale }: Speaker,
): IncidentFact[] {
  const measure = findMeasure(metric)
  const limit = formatMetric(threshold, measure, locale)
  return [
    { label: t('incidents:factFirst'), quantity: formatMetric(value, measure, locale) },
    // A limit is written as a person wrote it: 90, not 90.0.
    {
      label: t('incidents:factLimit'),
      quantity: { ...limit, number: limit.number.replace(/[.,]0$/, '') },
    },
    { label: t('incidents:factWorst'), quantity: formatMetric(worst, measure, locale) },
  ]
}

function usedOf({ detail }: Incident, locale: Speaker['locale']): Quantity {
  const used = detail['usedRatio']
  return formatValue(typeof used === 'number' ? used : null, '1', locale)
}

function span(seconds: number, locale: Speaker['locale']): Quantity {
  return seconds < 120
    ? formatSeconds(Math.round(seconds), locale)
    : formatAge(seconds * 1000, locale)
}
