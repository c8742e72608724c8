// Each order against tables: the pairs of Debian policy 5.6.12, of rpm's and pacman's own documents, apk's, and of makers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareApk } from './apk.ts'
import { compareDpkg } from './dpkg.ts'
import { comparePacman } from './pacman.ts'
import { compareRpm } from './rpm.ts'
import { compareUpstream, isIncomparable, upstreamOf } from './upstream.ts'
import type { Compare } from './order.ts'

const TABLES: readonly (readonly [string, Compare, readonly string[]])[] = [
  // Each is older than the next.
  ['dpkg: the policy’s tildes', compareDpkg, ['~~', '~~a', '~', '', 'a']],
  [
    'dpkg',
    compareDpkg,
    [
      '1.0~beta1~svn1245',
      '1.0~beta1',
      '1.0',
      '1.0-1~bpo12+1',
      '1.0-1',
      '1.0-1+deb12u1',
      '1.0-1+deb12u2',
      '1.0-1.1',
      '1.0-2',
      '1.0-10',
      '1.0.1-1',
      '1:0.1-1',
    ],
  ],
  ['dpkg: letters before signs', compareDpkg, ['1.0a', '1.0+', '1.0.']],
  [
    'dpkg: kernels',
    compareDpkg,
    ['5.10.226-1', '6.1.112-1', '6.1.129-1~deb11u1', '6.1.129-1', '6.1.133-1', '6.12.48-1'],
  ],
  [
    'rpm: tilde and caret',
    compareRpm,
    ['1.0~rc1', '1.0~rc1^git1', '1.0', '1.0^git1', '1.0^git2', '1.0.1', '1.1'],
  ],
  ['rpm: digits before letters', compareRpm, ['1.0a', '1.0.1', '1.0.10', '2.0', '10']],
  [
    'rpm: epoch and release',
    compareRpm,
    [
      '4.18.0-305.el8',
      '4.18.0-553.el8_10',
      '4.18.0-553.5.1.el8_10',
      '4.18.0-553.16.1.el8_10',
      '1:0.1-1',
    ],
  ],
  [
    'apk',
    compareApk,
    [
      '1.0_alpha1',
      '1.0_beta2',
      '1.0_pre1',
      '1.0_rc1',
      '1.0_rc2',
      '1.0',
      '1.0-r1',
      '1.0_p1',
      '1.0a',
      '1.0.1',
      '1.1',
      '1.10-r0',
      '1.10-r2',
      '1.10-r10',
    ],
  ],
  [
    'pacman: vercmp(8)',
    comparePacman,
    [
      '1.0a',
      '1.0b',
      '1.0beta',
      '1.0p',
      '1.0pre',
      '1.0rc',
      '1.0',
      '1.0.a',
      '1.0.1',
      '1.0.2',
      '1:0.1',
    ],
  ],
  ['pacman: plain', comparePacman, ['1', '1.0', '1.1', '1.1.1', '1.2', '2.0', '3.0.0']],
  [
    'makers: OpenSSL',
    compareUpstream,
    [
      '1.0.2u',
      '1.0.2zl',
      '1.1.1',
      '1.1.1k',
      '1.1.1w',
      '1.1.1zb',
      '3.0.0-alpha1',
      '3.0.0-beta2',
      '3.0.0-rc1',
      '3.0.0',
      '3.0.11',
      '3.2.0',
    ],
  ],
  ['makers: OpenSSH', compareUpstream, ['8.5p1', '9.7p1', '9.8', '9.8p1', '9.9p1', '10.0p2']],
  [
    'makers: Windows',
    compareUpstream,
    ['10.0.14393.7785', '10.0.17763.1234', '10.0.17763.6893', '10.0.20348.1'],
  ],
  [
    'makers: early ones',
    compareUpstream,
    ['3.13.0a1', '3.13.0b2', '3.13.0rc1', '3.13.0', '3.13.1'],
  ],
  [
    'makers: milestones',
    compareUpstream,
    [
      '11.0.0-alpha1',
      '11.0.0-beta1',
      '11.0.0-M9',
      '11.0.0-M10',
      '11.0.0-RC1',
      '11.0.0',
      '11.0.1-M1',
      '11.0.1',
    ],
  ],
  // A letter that nothing parts from its number is a patch.
  ['makers: m as a patch', compareUpstream, ['1.0.2', '1.0.2l', '1.0.2m', '1.0.2m1', '1.0.2n']],
  [
    'makers: others',
    compareUpstream,
    [
      '8u431',
      '8u441',
      '8u441-b10',
      '11.4.6',
      '11.4.6+security-01',
      '11.5',
      '2024R2.1',
      '2026R1.0.1',
    ],
  ],
]

describe('orders of versions', () => {
  it.each(TABLES)('%s', (_name, compare, versions) => {
    versions.forEach((version, index) => {
      expect(compare(version, version)).toBe(0)
      for (const later of versions.slice(index + 1)) {
        expect([version, later, Math.sign(compare(version, later))]).toEqual([version, later, -1])
        expect([version, later, Math.sign(compare(later, version))]).toEqual([version, later, 1])
      }
    })
  })

  it.each([
    [compareDpkg, '1.0', '0:1.0'],
    [compareDpkg, '1.00', '1.0'],
    [compareDpkg, '1.0', '1.0-0'],
    [compareRpm, '0:1.05', '1.5'],
    [compareRpm, '2_0', '2.0'],
    [compareRpm, '1.0-1', '1.0'],
    [comparePacman, '1.0', '1.0-3'],
    [compareUpstream, '1.2', '1.2.0.0'],
    [compareUpstream, 'v3.4.1', '3.4.1'],
    [compareUpstream, '20.005.30763', '20.5.30763'],
    [compareUpstream, '9.0.0.M1', '9.0.0-M1'],
    [compareUpstream, '10.1.0~M1', '10.1.0-M1'],
    [compareApk, '3.1.4-r5', '3.1.4-r5'],
  ])('takes for equal (%#)', (compare, a, b) => {
    expect(compare(a, b)).toBe(0)
    expect(compare(b, a)).toBe(0)
  })

  it.each([compareDpkg, compareRpm, compareApk, comparePacman, compareUpstream])(
    'is the same order from both sides, whatever is written (%#)',
    (compare) => {
      const version = fc.string({
        unit: fc.constantFrom(...Array.from('0129abrc.-+~^_:p')),
        maxLength: 12,
      })
      fc.assert(
        fc.property(version, version, (a, b) => {
          expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0)
          expect(compare(a, a)).toBe(0)
        }),
      )
    },
  )
})

it('has no order where one has a number and the other letters', () => {
  expect(isIncomparable('4.10.8029', '4.10MR9')).toBe(true)
  for (const [a, b] of [
    ['4.9', '4.10MR9'],
    ['1.1.1w', '1.1.1zb'],
    ['9.8p1', '9.8'],
    ['10.1.31', '10.1.0-M1'],
  ] as const)
    expect([a, b, isIncomparable(a, b)]).toEqual([a, b, false])
})

describe('the maker’s number in a package’s version', () => {
  it.each([
    ['1:9.2p1-2+deb12u3', 'dpkg', '9.2p1'],
    ['1.18.0-6ubuntu14.4', 'dpkg', '1.18.0'],
    ['1:10.11.6+maria~deb12', 'dpkg', '10.11.6'],
    ['115.7.0esr-1~deb12u1', 'dpkg', '115.7.0esr'],
    ['16.2-1.pgdg120+2', 'dpkg', '16.2'],
    ['20.11.0-1nodesource1', 'dpkg', '20.11.0'],
    ['8.2.20-1+0~20240607.28+debian12~1.gbp6d0b0a', 'dpkg', '8.2.20'],
    ['2.4.59-1~deb12u1', 'dpkg', '2.4.59'],
    ['9.52.0+dfsg-3', 'dpkg', '9.52.0'],
    ['1:3.0.7-28.el9_4', 'rpm', '3.0.7'],
    ['3.1.4-r5', 'apk', '3.1.4'],
    ['9.6_p1-r0', 'apk', '9.6p1'],
    ['1:6.6.1.arch1-1', 'pacman', '6.6.1.arch1'],
    ['3.3.1_1', 'homebrew', '3.3.1'],
    ['5.6.1+really5.4.5-1', 'dpkg', '5.4.5'],
    ['121.0.6167.85', 'windows', '121.0.6167.85'],
  ] as const)('%s of %s', (version, manager, maker) => {
    expect(upstreamOf(version, manager)).toBe(maker)
  })
})
