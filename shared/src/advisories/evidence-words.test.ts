// Every rule in both languages: one sentence, with the package, and the fix where it is known.
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../api/advisory.ts'
import { LOCALES } from '../format/locale.ts'
import { EVIDENCE_RULES, evidenceSentence } from './evidence-words.ts'

const evidence = (change: Partial<Evidence>): Evidence => ({
  verdict: 'concerned',
  line: 'OpenSSH versions antérieures à 9.8p1',
  package: { manager: 'dpkg', name: 'openssh-server', version: '1:9.2p1-2+deb12u2' },
  rule: 'in-range',
  fixedVersion: '9.8p1',
  ...change,
})

describe('evidence in words', () => {
  it.each(EVIDENCE_RULES.flatMap((rule) => LOCALES.map((locale) => [rule, locale] as const)))(
    '%s in %s is one whole sentence',
    (rule, locale) => {
      for (const change of [{}, { package: null }, { fixedVersion: null }]) {
        const sentence = evidenceSentence(evidence({ rule, ...change }), locale)
        expect(sentence).toMatch(/^\S.*[^.]\.$/u)
        expect(sentence).not.toMatch(/undefined|null|  /)
        // French has a narrow space that does not break before these.
        if (locale === 'fr') expect(sentence).not.toMatch(/[^\u202f][;!?]|[^\u202f]: |« | »/u)
      }
    },
  )

  it('differs by language and by rule', () => {
    const all = EVIDENCE_RULES.flatMap((rule) =>
      LOCALES.map((locale) => evidenceSentence(evidence({ rule }), locale)),
    )
    expect(new Set(all).size).toBe(EVIDENCE_RULES.length * LOCALES.length)
  })

  it('names the package and the fix', () => {
    expect(evidenceSentence(evidence({}), 'en')).toBe(
      'openssh-server 1:9.2p1-2+deb12u2 is in the affected range, fixed in 9.8p1.',
    )
    expect(evidenceSentence(evidence({}), 'fr')).toBe(
      'openssh-server 1:9.2p1-2+deb12u2 est dans l’intervalle affecté, corrigé en 9.8p1.',
    )
  })

  it('is the advisory’s line for a rule of a newer hub', () => {
    expect(evidenceSentence(evidence({ rule: 'of-tomorrow' }), 'en')).toBe(
      'OpenSSH versions antérieures à 9.8p1',
    )
    expect(evidenceSentence(evidence({ rule: 'toString' }), 'en')).toBe(
      'OpenSSH versions antérieures à 9.8p1',
    )
  })
})
