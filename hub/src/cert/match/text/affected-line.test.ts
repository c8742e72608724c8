// What lines say: each form that advisories write versions in, French and English, with versions that it holds and others.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareUpstream } from '../versions/upstream.ts'
import { readAffectedLine } from './affected-line.ts'
import { MAX_LINE_LENGTH } from './normalise.ts'
import { contains } from './version-range.ts'

const answer = (text: string, version: string) =>
  contains(readAffectedLine(text).range, version, compareUpstream)

describe('the versions that a line names', () => {
  it.each([
    // text, inside, outside
    ['Foo versions antérieures à 7.2.9', '7.2.8 1.0 7.2.8.9', '7.2.9 7.3 10.0'],
    ['Foo versions antérieures à la version 7.2.9', '7.2.8', '7.2.9'],
    ['Foo versions 7.2.x antérieures à 7.2.9', '7.2.0 7.2.8', '7.2.9 7.1.5 7.20.1'],
    ['Foo 7.2.x versions antérieures à 7.2.9', '7.2.8', '7.2.9 7.1.5'],
    ['Foo versions 7.0.x, 7.2.x et 7.4.x antérieures à 7.4.3', '7.0.9 7.2.0 7.4.2', '7.1.0 7.4.3'],
    ['Foo versions 3.5.x et 3.6.x antérieures à v3.6.3', '3.5.9 3.6.2', '3.6.3 3.4.0'],
    ['Foo versions 7.2.9 et antérieures', '7.2.9 7.2.8', '7.2.10'],
    ['Foo versions antérieures ou égales à 7.2.9', '7.2.9 1.0', '7.2.10'],
    ['Foo versions inférieures ou égales à 7.2.9', '7.2.9', '7.2.10'],
    ['Foo versions strictement inférieures à 7.2.9', '7.2.8', '7.2.9'],
    ['Foo jusqu’à la version 7.2.9', '7.2.9', '7.2.10'],
    ['Foo versions 7.2 et ultérieures', '7.2 8.0', '7.1.9'],
    ['Foo versions supérieures ou égales à 7.2', '7.2 8.0', '7.1'],
    ['Foo versions postérieures à 7.2', '7.3', '7.2 7.1'],
    ['Foo à partir de la version 7.2', '7.2 9', '7.1'],
    ['Foo versions à partir de 7.2 et antérieures à 7.4', '7.2 7.3.9', '7.4 7.1'],
    [
      'Foo versions postérieures ou égales à 0.71 et antérieures à 10.0.23',
      '9.5 10.0.22',
      '0.70 10.0.23',
    ],
    ['Foo versions comprises entre 1.2 et 1.5', '1.2 1.4.9 1.5', '1.1 1.5.1'],
    ['Foo versions comprises entre 1.2 et 1.5 (exclue)', '1.2 1.4.9', '1.6'],
    ['Foo versions 1.2.0 à 1.5.3', '1.2.0 1.5.3', '1.1.9 1.5.4'],
    ['Foo versions de 1.2.0 à 1.5.3', '1.2.0 1.5.3', '1.1.9 1.5.4'],
    ['Foo versions 24.3.x à 25.1.x antérieures à 25.1.2', '24.3.0 24.9 25.1.1', '25.1.2 24.2.9'],
    ['Foo versions 11.0.0-M1 à 11.0.2', '11.0.0-M1 11.0.0-M10 11.0.0 11.0.2', '10.1.34 11.0.3'],
    ['Foo versions 9.0.0.M1 à 9.0.107', '9.0.0.M1 9.0.0 9.0.107', '8.5.100 9.0.108'],
    ['Foo versions 8.5p1 à 9.7p1 antérieures à 9.8 et 9.8p1', '8.5p1 9.7p1', '8.4p1 9.8p1'],
    ['Foo versions 1.11.4 à 1.x antérieures à 1.26.3', '1.11.4 1.26.2', '1.11.3 1.26.3 2.0'],
    ['Foo versions 9.1x antérieures à 9.18.33', '9.16.1 9.18.32', '9.18.33 9.20.1 9.2'],
    ['Foo version 7.1.14', '7.1.14', '7.1.15 7.1.13 7.1.140'],
    ['Foo versions 1.2.3, 1.2.5 et 1.3.0', '1.2.3 1.2.5 1.3.0', '1.2.4 1.4'],
    ['Foo versions 3.0.x antérieures à 3.1 et 4.x antérieures à 4.2', '3.0.5 4.1', '4.2 3.1 2.0'],
    ['Foo versions 1.1.1.x antérieures à 1.1.1zb', '1.1.1w 1.1.1', '1.1.1zb 3.0.1'],
    ['Foo versions antérieures à 17.1, 16.5 et 15.9', '17.0 16.4 15.1 12.1', '17.1 16.5 15.9 18.0'],
    ['Foo toutes versions', '1 99', ''],
    ['Foo, toutes les versions', '1 99', ''],
    ['Foo toutes versions 7.x', '7.1 7', '8.0 6.9'],
    ['Foo 8.x', '8.0 8.15', '9.0'],
    ['Foo versions 138.0.7204.92/.93', '138.0.7204.92', '138.0.7204.94'],
    ['Foo versions antérieures à 138.0.7204.92/.93 pour Mac', '138.0.7204.91', '138.0.7204.92'],
    ['Foo versions 2021.0.x antérieures à 2021.0.8 (13.0.8)', '2021.0.7', '2021.0.8'],
    ['Foo versions antérieures à 14.3 RU8 (14.3.10178.8000)', '14.3.10148', '14.3.10178.8000'],
    ['Foo versions 12.x antérieures à 12.3.2 (build 12.3.2.3617)', '12.3.2.1', '12.3.2.3617'],
    ['Foo < 2.0.1', '2.0.0', '2.0.1'],
    ['Foo versions <= 2.0.1', '2.0.1', '2.0.2'],
    ['Foo versions >= 1.0 et < 2.0.1', '1.0 2.0.0', '2.0.1 0.9'],
    ['Foo versions prior to 7.2.9', '7.2.8', '7.2.9'],
    ['Foo before 7.2.9', '7.2.8', '7.2.9'],
    ['Foo versions earlier than 7.2.9', '7.2.8', '7.2.9'],
    ['Foo version 7.2.9 and earlier', '7.2.9', '7.2.10'],
    ['Foo 7.2.0 through 7.2.9', '7.2.0 7.2.9', '7.2.10 7.1'],
    ['Foo 0.68 à 0.80', '0.68 0.79', '0.67 0.81'],
    ['Foo 7.2.9 et antérieures', '7.2.9 1', '7.2.10'],
    ['Foo 7.2.9 and prior', '7.2.9 1', '7.2.10'],
    ['Foo versions from 7.2.0 to 7.2.9', '7.2.0 7.2.9', '7.2.10 7.1'],
    ['Foo all versions', '1', ''],
  ])('%s', (text, inside, outside) => {
    for (const version of inside.split(' ')) {
      expect([version, answer(text, version)]).toEqual([version, 'inside'])
    }
    for (const version of outside.split(' ').filter((each) => each !== '')) {
      expect([version, answer(text, version)]).toEqual([version, 'outside'])
    }
  })

  it.each([
    ['Foo versions 7.0 antérieures à 7.0 U1c', '7.0.1', '6.5'],
    ['Foo versions antérieures à 9.0.0 Patch 46', '9.0.0', undefined],
    ['Foo versions antérieures à Update 20', '1.0', undefined],
    ['Foo versions 20.x antérieures à la version corrective prévue', '20.1', '18.1'],
    ['Foo versions antérieures à 14.4.6 ou 14.0.5', '14.2', '14.4.6'],
    ['Foo versions antérieures à 7.4.1 et 6.2.16', '7.2.0', '7.4.1'],
    ['Foo', '1.0', undefined],
  ])('does not decide by "%s"', (text, unknown, outside) => {
    expect(answer(text, unknown)).toBe('unknown')
    if (outside !== undefined) expect(answer(text, outside)).toBe('outside')
  })
})

describe('what else a line says', () => {
  it.each([
    ['Chrome versions antérieures à 132.0 pour Linux', 'chrome', ['linux'], []],
    [
      'Acrobat 2020 versions antérieures à 20.005 pour Windows et macOS',
      'acrobat 2020',
      ['windows', 'macos'],
      [],
    ],
    ['Firefox pour iOS versions antérieures à 134', 'firefox', ['ios'], []],
    [
      'les Tools versions 11.x à 12.x antérieures à 12.5.2 sur Windows et Linux',
      'tools',
      ['windows', 'linux'],
      [],
    ],
    ['NetExtender Windows versions antérieures à 10.3.2', 'netextender', ['windows'], []],
    ['CPython sans le correctif de sécurité gh-1', 'cpython', [], ['patch']],
    ['Db2 versions 11.1.x sans le dernier correctif', 'db2', [], ['patch']],
    ['CAS versions 7.1.x antérieures à 7.1.6 si configuré pour servir', 'cas', [], ['condition']],
    ['IOS XE si l’interface Web est accessible', 'ios xe', [], ['condition']],
    [
      'Kibana - Connecteur Crowdstrike versions 8.19.x antérieures à 8.19.5',
      'kibana',
      [],
      ['component'],
    ],
    ['greffon Foo versions antérieures à 1.6.4', 'greffon foo', [], ['component']],
    ['Mail Server versions antérieures à 1.7.6 pour DSM 7.2', 'mail server', [], ['condition']],
    ['Traefik versions v3.6.x antérieures à v3.6.7 pour go', 'traefik', [], []],
    ['Microsoft Office 2019 pour éditions 64 bits', 'microsoft office 2019', [], []],
    ['Apps pour Enterprise pour systèmes 64 bits', 'apps pour enterprise', [], []],
    ['Tanzu pour Valkey versions antérieures à 3.0.0', 'tanzu pour valkey', [], []],
  ])('%s', (text, name, platforms, doubts) => {
    expect(readAffectedLine(text)).toMatchObject({ name, platforms, doubts })
  })

  it('is read without failing, whatever is written', () => {
    const word = fc.constantFrom(
      ...'versions,antérieures à,et,à,ou égales,7.x,1.2.3,x,*,(,),-,/,<,>=,pour,Windows,sans le,toutes,comprises entre,٣,\u0000,é'.split(
        ',',
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }), (words) => {
        const line = readAffectedLine(words.join(' '))
        expect(['inside', 'outside', 'unknown']).toContain(
          contains(line.range, '1.2.3', compareUpstream),
        )
      }),
    )
  })

  it('cuts a line that is too long, and is then not certain of it', () => {
    for (const part of [
      'versions ',
      'a',
      '7.',
      '(',
      ' pour ',
      'antérieures à 7 et ',
      ' - ',
      '1-',
      'x.x',
    ]) {
      const line = readAffectedLine(`Foo versions antérieures à 2 ${part.repeat(100_000)}`)
      expect(line.text.length).toBeLessThanOrEqual(MAX_LINE_LENGTH + 1)
      expect(line.doubts).toContain('condition')
    }
  })
})
