// What rules and incidents are called, for every rule that a hub begins with and for what people may write.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition, MetricCondition, RuleDraft } from '../api/rule.ts'
import type { ResolvedWhy } from '../api/incident.ts'
import { LOCALES, type Locale } from '../format/locale.ts'
import { DERIVED_METRICS } from '../metrics/derived.ts'
import { METRICS } from '../metrics/catalogue.ts'
import { seriesKey } from '../metrics/series.ts'
import { draftProblems } from './draft-problems.ts'
import {
  incidentDetail,
  incidentOverTitle,
  incidentTitle,
  incidentWhat,
  resolvedWords,
  type IncidentTold,
} from './incident-words.ts'
import { plainLine } from './plain-line.ts'
import { ruleName } from './rule-names.ts'
import { ruleSentence } from './rule-sentence.ts'

const MINUTE_MS = 60_000
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')
const nobody = { hostNames: new Map<number, string>() }

const metric = (change: Partial<MetricCondition> & { metric: string }): MetricCondition => ({
  type: 'metric',
  attributes: {},
  statistic: 'last',
  windowMs: 0,
  operator: '>',
  threshold: 0.9,
  clearAt: 0.85,
  forMs: 5 * MINUTE_MS,
  clearForMs: 0,
  onlyIfChanged: false,
  ...change,
})
const mount = 'system.filesystem.mountpoint'
const filesystem = metric({ metric: 'system.filesystem.utilization', attributes: { [mount]: '*' } })
const pressure = (resource: string, type: string): MetricCondition =>
  metric({
    metric: 'system.linux.pressure.stall',
    attributes: { 'system.linux.pressure.resource': resource, 'system.linux.pressure.type': type },
    statistic: 'mean',
    windowMs: MINUTE_MS,
    threshold: 0.1,
    clearAt: 0.05,
  })
const down: Condition = { type: 'down', graceMs: 30_000, stoppedGraceMs: 10 * MINUTE_MS }

const draft = (condition: Condition, change: Partial<RuleDraft> = {}): RuleDraft => ({
  name: 'a rule',
  isEnabled: true,
  severity: 'crisis',
  condition,
  scope: { type: 'all' },
  recipients: ['ops@example.org'],
  remindEveryMs: null,
  ...change,
})

function incident(condition: Condition, change: Partial<IncidentTold> = {}): IncidentTold {
  const rule = { id: 1, key: null, name: 'a rule', condition }
  const told = { kind: 'incident', rule, hostName: 'db-1', series: '', value: null } as const
  return { ...told, worst: null, detail: {}, ...change }
}
const onVar = { series: seriesKey('system.filesystem.utilization', { [mount]: '/var' }) }

describe('a rule in one sentence', () => {
  it.each<[Condition, string, string]>([
    [
      filesystem,
      'Mail ops@example.org when any filesystem of any host is over 90 % for 5 minutes; clear under 85 %',
      'Écrire à ops@example.org quand un système de fichiers d’une machine dépasse 90 % pendant 5 minutes ; terminé sous 85 %',
    ],
    [
      pressure('memory', 'full'),
      'Mail ops@example.org when the pressure (memory, all tasks wait) of any host is over 10 % on average over 1 minute for 5 minutes; clear under 5 %',
      'Écrire à ops@example.org quand la pression (mémoire, toutes les tâches attendent) d’une machine dépasse 10 % en moyenne sur 1 minute pendant 5 minutes ; terminé sous 5 %',
    ],
    [
      down,
      'Mail ops@example.org when nothing is heard of any host for 30 seconds, or for 10 minutes after its agent was stopped',
      'Écrire à ops@example.org quand une machine ne donne plus de nouvelles pendant 30 secondes, ou 10 minutes après l’arrêt de son agent',
    ],
    [
      { type: 'reboot' },
      'Mail ops@example.org when any host reboots unannounced',
      'Écrire à ops@example.org quand une machine redémarre sans l’avoir annoncé',
    ],
    [
      { type: 'fills', mountpoint: '/srv/*', withinMs: 86_400_000, clearMs: 172_800_000, forMs: 0 },
      'Mail ops@example.org when any filesystem like /srv/* of any host will be full within 24 hours at its pace of the last hours; clear beyond 48 hours',
      'Écrire à ops@example.org quand un système de fichiers comme /srv/* d’une machine sera plein dans moins de 24 heures à l’allure des dernières heures ; terminé au-delà de 48 heures',
    ],
    [
      metric({
        metric: 'system.linux.oom_kills',
        threshold: 0,
        clearAt: 0,
        forMs: 0,
        clearForMs: 900_000,
      }),
      'Mail ops@example.org when any host kills a process for want of memory; clear after 15 minutes without it',
      'Écrire à ops@example.org quand une machine tue un processus faute de mémoire ; terminé après 15 minutes sans cela',
    ],
  ])('%j', (condition, english, french) => {
    expect(plain(ruleSentence(draft(condition), nobody, 'en'))).toBe(english)
    expect(plain(ruleSentence(draft(condition), nobody, 'fr'))).toBe(french)
  })

  it('names hosts, tags and recipients, the first of many', () => {
    const hostNames = new Map([1, 2, 3].map((id) => [id, `web-${id}`] as const))
    const ofHosts = draft(down, { scope: { type: 'hosts', hostIds: [1, 2, 9] }, recipients: [] })
    expect(plain(ruleSentence(ofHosts, { hostNames }, 'en'))).toMatch(
      /^Mail the default recipients when nothing is heard of web-1, web-2 or #9 for/,
    )
    const tagged = draft(filesystem, {
      scope: { type: 'tags', tags: ['web', 'db'] },
      recipients: ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org'],
      remindEveryMs: 4 * 3_600_000,
    })
    const sentence = plain(ruleSentence(tagged, nobody, 'en'))
    expect(sentence).toMatch(
      /^Mail a@x\.org, b@x\.org and 2 others when any filesystem of any host tagged web or db/,
    )
    expect(sentence).toMatch(/; a reminder every 4 hours$/)
  })
})

describe('an incident', () => {
  it.each<[IncidentTold, string, string]>([
    [incident(down, { value: 32 }), 'db-1 is down', 'nothing heard for 32 s; limit 30 s'],
    [
      incident(down, { value: 601, detail: { goodbye: 'stopped' } }),
      'db-1 is down',
      'nothing heard for 10 min 1 s after its agent was stopped; limit 10 min',
    ],
    [
      incident(filesystem, { ...onVar, value: 0.91, worst: 0.97 }),
      '/var of db-1 is 91 % full',
      '91 % used, at worst 97 %; limit 90 % for 5 min',
    ],
    [
      incident(pressure('memory', 'some'), {
        series: seriesKey('system.linux.pressure.stall', pressure('memory', 'some').attributes),
        value: 0.24,
      }),
      'db-1: memory pressure 24 %',
      '24 % of the time some task waits; limit 10 % for 5 min',
    ],
    [
      incident(
        {
          type: 'fills',
          mountpoint: '*',
          withinMs: 86_400_000,
          clearMs: 172_800_000,
          forMs: 1_800_000,
        },
        { ...onVar, value: 18_000, detail: { usedRatio: 0.96, bytesPerS: 340_000 } },
      ),
      '/var of db-1 will be full in 5 h',
      '96 % used, 1.2 GB more an hour, full in 5 h; limit 24 hours for 30 min',
    ],
    [
      incident(metric({ metric: 'queue.depth', threshold: 1000, forMs: 0 }), {
        series: 'queue.depth',
        value: 2000,
      }),
      'db-1: queue.depth 2,000',
      '2,000; limit 1,000',
    ],
    [
      incident(down, {
        kind: 'lost-sight',
        hostName: null,
        detail: { hostIds: [1, 2, 3], hosts: ['a', 'b'] },
      }),
      'The hub lost sight of 3 hosts',
      'a, b and 1 other',
    ],
  ])('%#: is "%s"', (told, title, detail) => {
    expect(plain(incidentTitle(told, 'en'))).toBe(title)
    expect(plain(incidentDetail(told, 'en'))).toBe(detail)
  })

  it('is told with how long it lasted, once it is over', () => {
    const told = incident(pressure('cpu', 'some'), { hostName: 'build-1' })
    const cpu = {
      ...told,
      series: seriesKey('system.linux.pressure.stall', pressure('cpu', 'some').attributes),
    }
    expect(plain(incidentOverTitle(cpu, { lastedMs: 38 * MINUTE_MS, locale: 'en' }))).toBe(
      'build-1, CPU saturated for 38 min',
    )
    expect(plain(incidentOverTitle(cpu, { lastedMs: 38 * MINUTE_MS, locale: 'fr' }))).toBe(
      'build-1, processeur saturé pendant 38 min',
    )
  })

  it('elides in French as people do', () => {
    const told = incident(filesystem, { ...onVar, hostName: 'archive-1', value: 0.91 })
    expect(plain(incidentTitle(told, 'fr'))).toBe('/var d’archive-1 est plein à 91 %')
  })

  it('has words whatever is watched, known or not, in both languages', () => {
    const names = [...METRICS, ...DERIVED_METRICS].map(({ name }) => name)
    for (const name of [...names, 'a.custom_one']) {
      for (const locale of LOCALES) checkWords(name, locale)
    }
    const reasons: ResolvedWhy[] = ['cleared', 'returned', 'gone', 'rule-changed', 'over']
    for (const why of reasons) expect(resolvedWords(why, 'fr')).not.toBe(resolvedWords(why, 'en'))
  })
})

function checkWords(name: string, locale: Locale): void {
  for (const operator of ['>', '<'] as const) {
    const condition = metric({ metric: name, operator })
    for (const value of [null, 0, 0.5, 1e12]) {
      const told = incident(condition, { series: name, value, worst: value })
      const said = [
        ruleSentence(draft(condition), nobody, locale),
        incidentTitle(told, locale),
        incidentWhat(told, locale),
        incidentDetail(told, locale),
        incidentOverTitle(told, { lastedMs: 1000, locale }),
      ]
      for (const text of said) expect(text).not.toMatch(/undefined|NaN|\[object|^$/)
    }
  }
}

describe('the name of a rule', () => {
  it('is in the reader’s language while it is the one that the hub began with', () => {
    expect(ruleName({ key: 'host-down', name: 'Host down' }, 'fr')).toBe('Machine en panne')
    expect(ruleName({ key: 'host-down', name: 'Dead again' }, 'fr')).toBe('Dead again')
    expect(ruleName({ key: null, name: 'Host down' }, 'fr')).toBe('Host down')
  })
})

describe('what makes no sense in a draft', () => {
  const fields = (condition: Condition, change: Partial<RuleDraft> = {}): string[] =>
    draftProblems(draft(condition, change), 'en').map(({ field }) => field)

  it('is nothing in a good one', () => {
    expect(fields(filesystem)).toEqual([])
    expect(fields(pressure('cpu', 'some'))).toEqual([])
    expect(fields(metric({ metric: 'a.custom_one', attributes: { any: 'x' } }))).toEqual([])
  })

  it.each<[string, Condition]>([
    ['condition.clearAt', { ...filesystem, clearAt: 0.95 }],
    ['condition.clearAt', { ...filesystem, operator: '<', threshold: 0.1, clearAt: 0.05 }],
    ['condition.threshold', { ...filesystem, threshold: 1, clearAt: 1 }],
    ['condition.threshold', { ...filesystem, operator: '<', threshold: 0, clearAt: 0.1 }],
    ['condition.threshold', { ...filesystem, threshold: NaN }],
    ['condition.windowMs', { ...filesystem, statistic: 'mean' }],
    ['condition.statistic', { ...filesystem, windowMs: 60_000 }],
    ['condition.metric', metric({ metric: 'system.cpu.utilisation' })],
    [
      'condition.attributes',
      { ...filesystem, attributes: { [mount]: '*', 'system.device': 'sda' } },
    ],
    ['condition.attributes', { ...filesystem, attributes: {} }],
    ['condition.stoppedGraceMs', { type: 'down', graceMs: 60_000, stoppedGraceMs: 30_000 }],
    [
      'condition.clearMs',
      { type: 'fills', mountpoint: '*', withinMs: 86_400_000, clearMs: 3_600_000, forMs: 0 },
    ],
  ])('%s of %j', (field, condition) => {
    expect(fields(condition)).toEqual([field])
    const [english, french] = LOCALES.map((locale) => draftProblems(draft(condition), locale)[0])
    expect(english?.sentence).toMatch(/^[A-Z\w].*\.$/)
    expect(french?.sentence).not.toBe(english?.sentence)
  })

  it('is also a name without a letter, and an address twice', () => {
    expect(fields(down, { name: ' \u200b ' })).toEqual(['name'])
    expect(fields(down, { recipients: ['a@x.org', 'a@x.org'] })).toEqual(['recipients'])
  })
})

describe('a plain line', () => {
  it('has no line ends, no controls and nothing that turns text around, and is never too long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 1, max: 90 }),
        (text, most) => {
          const line = plainLine(text, most)
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u)
          expect(Array.from(line).length).toBeLessThanOrEqual(most)
          expect(line.isWellFormed()).toBe(true)
          expect(plainLine(line, most)).toBe(line)
        },
      ),
    )
  })

  it('cuts where a character ends', () => {
    expect(plainLine('💾💾💾💾', 3)).toBe('💾💾…')
    expect(plainLine('a\r\nBcc: b\u202ec')).toBe('a Bcc: b c')
  })
})
