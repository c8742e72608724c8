import { Inventory } from '@vigie/shared/protocol/inventory'
import { Value } from 'typebox/value'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { machineOf } from '../../test/machine-tree.ts'
import { basicInventory } from './basic-inventory.ts'
import { readTimeZone } from './time-zone.ts'

const UNNAMED = [':/etc/localtime', '/usr/share/zoneinfo/Europe/Paris', 'UTC0', 'localtime', '']

afterEach(() => vi.unstubAllEnvs())

describe.each(UNNAMED)('the time zone where TZ is "%s"', (zone) => {
  it('is one that the hub takes', () => {
    vi.stubEnv('TZ', zone)
    expect([...Value.Errors(Inventory, basicInventory('1.2.3'))]).toEqual([])
  })

  it.each([
    ['../usr/share/zoneinfo/America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
    ['/usr/share/zoneinfo/posix/Europe/Paris', 'Europe/Paris'],
    ['/var/db/timezone/zoneinfo/Asia/Tokyo', 'Asia/Tokyo'],
    ['/srv/own', 'UTC'],
  ])('is what %s is the path of', async (link, name) => {
    vi.stubEnv('TZ', zone)
    expect(readTimeZone(await machineOf({ 'etc/localtime': { link } }))).toBe(name)
  })

  it('is UTC where the machine says nothing', async () => {
    vi.stubEnv('TZ', zone)
    expect(readTimeZone(await machineOf({}))).toBe('UTC')
  })
})

it('the time zone is the one that TZ names', async () => {
  vi.stubEnv('TZ', ':Europe/Paris')
  expect(readTimeZone(await machineOf({}))).toBe('Europe/Paris')
})
