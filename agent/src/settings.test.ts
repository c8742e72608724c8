import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

describe('the spool’s settings', () => {
  it('are a day and 256 MB unless told otherwise', () => {
    expect(readSettings({}).spool).toEqual({ spanMs: 86_400_000, maxBytes: 256e6 })
    const written = { VIGIE_AGENT_SPOOL: '10d', VIGIE_AGENT_SPOOL_SIZE: '2GB' }
    expect(readSettings(written).spool).toEqual({ spanMs: 864_000_000, maxBytes: 2e9 })
  })

  it.each([
    ['VIGIE_AGENT_SPOOL', '59m'],
    ['VIGIE_AGENT_SPOOL', '24'],
    ['VIGIE_AGENT_SPOOL', '-1d'],
    ['VIGIE_AGENT_SPOOL_SIZE', '0MB'],
    ['VIGIE_AGENT_SPOOL_SIZE', '256'],
    ['VIGIE_AGENT_SPOOL_SIZE', '1constructor'],
  ])('%s is not %s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name} is "${value}"; allowed: a `)
  })
})
