// Owns the addresses of a host's charts.
import { anchorOf, type ChartLinks } from '../chart/chart-links.ts'
import { theme } from '../theme/theme.svelte.ts'

export function linksOf(id: number): ChartLinks {
  return {
    page: (plan, { fromMs, toMs }) =>
      `${location.origin}${location.pathname}?from=${fromMs}&to=${toMs}#${anchorOf(plan)}`,
    svg: (plan, { fromMs, toMs }) => {
      const params = new URLSearchParams({
        from: String(fromMs),
        to: String(toMs),
        theme: theme.isDark ? 'dark' : 'light',
      })
      for (const { key } of plan.series) params.append('metric', key)
      return `/api/v1/hosts/${id}/graph.svg?${params.toString()}`
    },
  }
}
