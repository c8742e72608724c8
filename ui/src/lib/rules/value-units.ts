// Owns the units in which people write a limit: percent, bytes, degrees. What is stored is in the metric's unit.
import type { Metric } from '@vigie/shared/metrics/catalogue'
import type { AmountUnit } from '../components/amount.ts'
import { spanUnits } from '../components/span-units.ts'
import type { Locale } from '../i18n/languages.ts'

/** From the smallest; one without a label counts things. */
export function valueUnits(metric: Metric, locale: Locale): AmountUnit[] {
  const byte = locale === 'fr' ? 'o' : 'B'
  switch (metric.unit) {
    case '1':
      return [{ id: 'percent', label: '%', size: 0.01 }]
    case 'By': {
      const isMemory = metric.group === 'memory' || metric.name.includes('.memory.')
      return isMemory ? powers(byte, 1024, 'i') : powers(byte, 1000)
    }
    case 'By/s':
      return powers(`${byte}/s`, 1000)
    case 'bit/s':
      return powers('bit/s', 1000)
    case 's':
      return [
        { id: 'ms', label: 'ms', size: 0.001 },
        ...spanUnits(['s', 'min', 'h', 'd'], locale).map((unit) => ({
          ...unit,
          size: unit.size / 1000,
          isUsual: unit.id === 's',
        })),
      ]
    case 'Cel':
      return [{ id: 'cel', label: '°C', size: 1 }]
    default: {
      const label = metric.unit === 'bit' ? 'bit' : metric.unit.endsWith('/s') ? '/s' : ''
      return [{ id: 'one', label, size: 1 }]
    }
  }
}

function powers(unit: string, base: number, infix = ''): AmountUnit[] {
  return ['', base === 1000 ? 'k' : 'K', 'M', 'G', 'T'].map((prefix, power) => ({
    id: `p${power}`,
    label: prefix === '' ? unit : `${prefix}${infix}${unit}`,
    size: base ** power,
    isUsual: prefix === 'M',
  }))
}
