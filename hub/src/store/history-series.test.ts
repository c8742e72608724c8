import { expect, it } from 'vitest'
import { wantedSeries } from './history-series.ts'

it('takes a metric for all its series and a series for itself', () => {
  const wants = wantedSeries(['system.uptime', 'system.network.up{network.interface.name="eth0"}'])
  expect(wants('system.uptime')).toBe(true)
  expect(wants('system.network.up{network.interface.name="eth0"}')).toBe(true)
  expect(wants('system.network.up{network.interface.name="eth1"}')).toBe(false)
  expect(wants('system.users')).toBe(false)
})
