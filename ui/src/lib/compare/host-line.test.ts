import type { FleetHistory } from '@vigie/shared/api/host'
import { describe, expect, it } from 'vitest'
import { hostLines, valueAt } from './host-line.ts'

const flat = (series: string, values: (number | null)[]) => ({
  series,
  unit: '1',
  min: values,
  mean: values,
  max: values,
})
const history = (...series: FleetHistory['hosts'][number]['series']): FleetHistory => ({
  fromMs: 1000,
  toMs: 4000,
  stepMs: 1000,
  hosts: [{ id: 7, series }],
})
const lineOf = (answer: FleetHistory, written: string) => {
  const [line] = hostLines(answer, written)
  if (!line) throw new Error('no line')
  return line
}

describe('the line of a host', () => {
  it('has its range, its last value and no number where there is none', () => {
    const line = lineOf(
      history({
        series: 'system.uptime',
        unit: 's',
        min: [1, null, 2],
        mean: [2, null, 4],
        max: [3, null, 9],
      }),
      'system.uptime',
    )
    expect(line.total).toEqual({ last: 4, min: 1, mean: 3, max: 9 })
    expect(
      [999, 1000, 1999, 2500, 3000, 4000].map((timeMs) => valueAt(line, 'mean', timeMs)),
    ).toEqual([NaN, 2, 2, NaN, 4, NaN])
  })

  it('is the worst of its series where the choice leaves several', () => {
    const disks = history(
      flat('system.disk.utilization{system.device="a"}', [0.1, null, 0.3]),
      flat('system.disk.utilization{system.device="b"}', [0.2, 0.5, null]),
    )
    expect([...lineOf(disks, 'system.disk.utilization').mean]).toEqual([0.2, 0.5, 0.3])
    const links = history(
      flat('system.network.up{network.interface.name="a"}', [1, 1, 0]),
      flat('system.network.up{network.interface.name="b"}', [0, 1, 1]),
    )
    expect([...lineOf(links, 'system.network.up').mean]).toEqual([0, 1, 0])
  })

  it('of a host without the series says nothing', () => {
    expect(lineOf(history(), 'system.uptime').total).toBeNull()
  })
})
