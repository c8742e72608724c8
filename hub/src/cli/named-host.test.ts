import type { HostSummary } from '@vigie/shared/api/host'
import { describe, expect, it } from 'vitest'
import { namedHost } from './named-host.ts'

const HOSTS = ['web-1', 'web-2', 'database', '3'].map((name, index) => ({
  id: index + 1,
  name,
})) as HostSummary[]

describe('a host', () => {
  it('is named by its name, or else by its id', () => {
    expect(namedHost(HOSTS, 'web-2').id).toBe(2)
    expect(namedHost(HOSTS, '1').name).toBe('web-1')
    expect(namedHost(HOSTS, '3').id).toBe(4)
  })

  it('that is not there is told from those that are like it', () => {
    expect(() => namedHost(HOSTS, 'wbe-1')).toThrow('no host "wbe-1": did you mean web-1')
    expect(() => namedHost(HOSTS, 'datbase')).toThrow('did you mean database?')
    expect(() => namedHost(HOSTS, 'zzz')).toThrow('`vigie hosts` lists them')
    expect(() => namedHost([], 'web-1')).toThrow('there are no hosts yet')
  })
})
