// Owns the addresses of a host's charts.
import { resolve } from '$app/paths'
import { atHub } from '../api/at-hub.ts'
import { anchorOf, type ChartLinks } from '../chart/chart-links.ts'
import { locale } from '../i18n/i18n.svelte.ts'
import { compareQuery } from '../compare/compare-url.ts'
import { theme } from '../theme/theme.svelte.ts'

/** The hub draws a chart for each series that is named; of many the metric, in one. */
const MAX_CHARTS = 8

export function linksOf(id: number): ChartLinks {
  return {
    page: (plan, { fromMs, toMs }) =>
      `${location.origin}${location.pathname}?from=${fromMs}&to=${toMs}#${anchorOf(plan)}`,
    compare: (plan, range) => {
      const metric = plan.series[0]?.key
      return resolve('/compare') + compareQuery(metric === undefined ? {} : { metric }, range)
    },
    svg: (plan, { fromMs, toMs }) => {
      const params = new URLSearchParams({
        from: String(fromMs),
        to: String(toMs),
        theme: theme.isDark ? 'dark' : 'light',
        lang: locale.current,
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      })
      const keys = plan.series.map(({ key }) => key)
      const metrics = new Set(keys.map((key) => key.split('{', 1)[0] ?? key))
      for (const each of keys.length > MAX_CHARTS ? metrics : keys) params.append('metric', each)
      return atHub(`/api/v1/hosts/${id}/graph.svg?${params.toString()}`)
    },
  }
}
