// Owns the charts of what a machine feels: temperatures and fans, where it has sensors.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { coloursByName, MAX_LINES } from './chart-lines.ts'

export function planSensors(machine: Machine, say: Say): ChartGroup {
  return {
    id: 'sensors',
    title: say('group.sensors'),
    note: '',
    charts: [
      { ...sensors(machine, say, 'hw.temperature'), unit: 'Cel', floating: true },
      { ...sensors(machine, say, 'hw.fan.speed'), unit: '{revolution}/s' },
    ],
  }
}

// The highest readings first: on a machine with dozens of sensors the hot ones are the ones to see.
function sensors({ series, values }: Machine, say: Say, metric: string): ChartPlan {
  const id = metric === 'hw.temperature' ? 'temperature' : 'fans'
  const all = series.all(metric)
  const shown = [...all]
    .sort((a, b) => (values.get(b.key) ?? -Infinity) - (values.get(a.key) ?? -Infinity))
    .slice(0, MAX_LINES - 1)
    .map(({ key }) => key)
  const colours = coloursByName(all.map(({ key }) => key).filter((key) => shown.includes(key)))
  return {
    id,
    title: say(`chart.${id}`),
    note:
      all.length > shown.length
        ? say('chart.someOf', { shown: shown.length, count: all.length })
        : '',
    unit: '1',
    shape: 'lines',
    series: all
      .filter(({ key }) => shown.includes(key))
      .map(({ key, attributes }) => ({
        key,
        label: [attributes['hw.name'], attributes['hw.sensor_location']].filter(Boolean).join(' '),
        colour: colours.get(key) ?? 'data-7',
      })),
  }
}
