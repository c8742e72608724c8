// Hostile advisories and machines: read without failing, cut, told, and never in the way of the next.
import { describe, expect, it } from 'vitest'
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { HostSoftware } from '../ports.ts'
import { MAX_EVIDENCE, matchHosts } from './match-hosts.ts'
import { advisory, aliases, DEBIAN_12, dpkg, machine, match, told } from './matching-fixtures.ts'
import { MAX_LINES, prepareAdvisories } from './prepare.ts'

describe('hostile input', () => {
  const host = machine([
    dpkg('openssl', '3.0.11-1'),
    dpkg('linux-image-6.1.0-18-amd64', '6.1.76-1'),
  ])

  it('of an advisory is read without failing, and never stops the next', () => {
    const texts = [
      '',
      ' ',
      '\u0000',
      '__proto__',
      'constructor',
      '('.repeat(5_000),
      'versions '.repeat(2_000),
      '𝔘'.repeat(3_000),
    ]
    const bad = texts.map((text, index) =>
      advisory({ reference: `BAD-${index}`, title: text, summary: text.repeat(3) }, [
        text,
        `Debian ${text}`,
        `${text} versions ${text}`,
      ]),
    )
    const good = advisory({}, ['OpenSSL versions 3.0.x antérieures à 3.0.13'])
    const prepared = prepareAdvisories([...bad, good], aliases)
    expect(prepared.filter(({ problem }) => problem !== undefined)).toEqual([])
    const found = matchHosts(prepared, [host]).find(({ reference }) => reference === good.reference)
    expect(told(found)).toBe('check backport')
  })

  it('of a document that is no document is told, and never stops the next', () => {
    const good = advisory({}, ['OpenSSL versions 3.0.x antérieures à 3.0.13'])
    const broken: AdvisoryDocument = {
      ...advisory({}),
      get affected(): never {
        throw new Error('torn')
      },
    }
    const prepared = prepareAdvisories([broken, good], aliases)
    expect(prepared[0]?.problem).toBe('torn')
    expect(matchHosts(prepared, [host])).toHaveLength(1)
  })

  it('of a machine is told, and never stops the next', () => {
    const prepared = prepareAdvisories(
      [advisory({}, ['OpenSSL versions 3.0.x antérieures à 3.0.13'])],
      aliases,
    )
    const broken: HostSoftware = {
      hostId: 9,
      os: DEBIAN_12,
      get packages(): never {
        throw new Error('torn')
      },
    }
    const problems: number[] = []
    const found = matchHosts(prepared, [broken, host], (hostId) => problems.push(hostId))
    expect(found).toHaveLength(1)
    expect(problems).toEqual([9])
  })

  it('of very many lines or packages is cut', () => {
    const many = Array.from(
      { length: MAX_LINES + 10 },
      () => 'OpenSSL versions 3.0.x antérieures à 3.0.13',
    )
    const [prepared] = prepareAdvisories([advisory({}, many)], aliases)
    expect(prepared?.groups[0]?.claims).toHaveLength(MAX_LINES)
    const libraries = Array.from({ length: MAX_EVIDENCE + 10 }, (_, index) =>
      dpkg(`libssl${index}`, '3.0.11-1', { source: 'openssl' }),
    )
    const found = match(advisory({}, many.slice(0, 1)), machine(libraries))
    expect(found?.evidence).toHaveLength(MAX_EVIDENCE)
  })
})
