// Every kind of letter, in both languages: whole, well-formed, and text whatever names say.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES, type Locale } from '@vigie/shared/format/locale'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import type { IncidentEvidence, IncidentFacts, Letter, MailLinks } from '../ports.ts'
import { sampleEvidence, sampleIncidents, sampleWeek } from '../sample-facts.ts'
import { groupLetter, type GroupItem } from './group-letter.ts'
import { incidentLetter, type IncidentLetterKind } from './incident-letter.ts'
import { letterContext, type LetterOptions } from './letter-context.ts'
import { weeklyLetter } from './weekly-letter.ts'
import { webhookLetter } from './webhook-letter.ts'

const NOW_MS = Date.UTC(2026, 10, 23, 13, 8, 32)
const WEEK_MS = 7 * 86_400_000
const links: MailLinks = {
  host: (id, range) =>
    `https://vigie.example/hosts/${id}?from=${range?.fromMs ?? 0}&to=${range?.toMs ?? 0}`,
  incident: (id) => `https://vigie.example/incidents?incident=${id}`,
  incidents: () => 'https://vigie.example/incidents',
  advisory: (reference) => `https://vigie.example/cert/${reference}`,
  advisories: () => 'https://vigie.example/cert',
  acknowledge: (id, recipient) =>
    `https://vigie.example/act#take-${id}-${encodeURIComponent(recipient)}`,
  silence: (id, recipient) =>
    `https://vigie.example/act#silence-${id}-${encodeURIComponent(recipient)}`,
  settings: () => 'https://vigie.example/settings/mail',
}

const contextIn = (locale: Locale, change: Partial<LetterOptions> = {}) =>
  letterContext({
    recipient: 'ops@example.org',
    locale,
    zone: 'Europe/Paris',
    nowMs: NOW_MS,
    links,
    cap: null,
    ...change,
  })

const png = new Uint8Array([137, 80, 78, 71])
const pictures = { light: png, dark: png }

function lettersIn(locale: Locale, rename: <T>(facts: T) => T = (facts) => facts): Letter[] {
  const context = contextIn(locale)
  const incidents = rename(sampleIncidents(NOW_MS))
  const evidence = rename(sampleEvidence(NOW_MS))
  const about = (kind: IncidentLetterKind, facts: IncidentFacts = incidents[kind as 'opened']) =>
    incidentLetter({ kind, facts, evidence, pictures }, context)
  const items = Object.values(incidents).map((facts): GroupItem => ({
    facts,
    standing: facts.resolvedMs === null ? 'began' : 'over',
  }))
  return [
    about('opened'),
    about('opened', incidents.down),
    about('opened', rename(lostSight)),
    about('opened', rename(rebooted)),
    about('reminder'),
    about('resolved'),
    about('late'),
    incidentLetter(
      { kind: 'opened', facts: incidents.full, evidence: null, pictures: null },
      context,
    ),
    groupLetter('group', items, context),
    groupLetter('summary', items, contextIn(locale, { cap: { perHour: 20, untilMs: NOW_MS } })),
    groupLetter('late', items, context),
    groupLetter('group', stormOf(1000, incidents.down), context),
    weeklyLetter(rename(sampleWeek(NOW_MS)), { fromMs: NOW_MS - WEEK_MS, toMs: NOW_MS }, context),
  ]
}

const { down } = sampleIncidents(NOW_MS)
const lostSight: IncidentFacts = {
  ...down,
  kind: 'lost-sight',
  host: null,
  detail: { hostIds: [1, 2, 3], hosts: ['web-1', 'web-2', 'web-3'] },
}
const rebooted: IncidentFacts = {
  ...down,
  rule: {
    id: 9,
    key: 'unexpected-reboot',
    name: 'Unexpected reboot',
    condition: { type: 'reboot' },
  },
  state: 'resolved',
  resolvedMs: down.sinceMs,
  resolvedWhy: 'over',
  value: null,
}

function stormOf(count: number, facts: IncidentFacts): GroupItem[] {
  return Array.from({ length: count }, (_, index) => ({
    facts: {
      ...facts,
      id: index + 1,
      host: facts.host && {
        ...facts.host,
        id: index + 1,
        name: `${facts.host.name.slice(0, 40)}-${index + 1}`,
      },
    },
    standing: 'began',
  }))
}

/** The text that a person sees, and the words of its attributes. */
function readHtml(source: string): { text: string; elements: string[] } {
  const elements: string[] = []
  let text = ''
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    elements.push(name)
    text += ` ${Object.values(attributes).join(' ')} `
  })
  parser.on('text', (part) => (text += part))
  parser.write(source).close()
  return { text, elements }
}

const KNOWN = [
  'a',
  'b',
  'body',
  'br',
  'div',
  'head',
  'html',
  'img',
  'meta',
  'span',
  'style',
  'table',
  'td',
  'title',
  'tr',
]

describe.each(LOCALES)('letters in %s', (locale) => {
  const letters = lettersIn(locale)

  it.each(letters.map((letter, index) => [`${index} ${letter.kind}`, letter] as const))(
    '%s is whole',
    (name, letter) => {
      const { text, elements } = readHtml(letter.html ?? '')
      for (const said of [letter.subject, letter.text, text]) {
        expect(said).not.toMatch(/undefined|NaN|\[object|null|Infinity/)
      }
      expect(elements.filter((name) => !KNOWN.includes(name))).toEqual([])
      expect(letter.subject.length).toBeLessThan(120)
      expect(letter.subject).toMatch(
        locale === 'fr' ? /^\p{Lu}[\p{L}\s]+\u00a0: /u : /^\p{Lu}[\w\s]+: /u,
      )
      const long = letter.text.split('\n').filter((line) => line.length > 72)
      expect(long.filter((line) => !line.includes('https://'))).toEqual([])
      if (locale === 'fr') {
        const prose = letter.text.replace(/webd:|https:\S+/g, '').replace(/\d:\d/g, '')
        expect(prose).not.toMatch(/[^\u00a0\u202f\d]:(?=\s)|[^\u00a0\u202f];|'/)
      }
      keepSample(`${locale}-${name.replace(' ', '-')}`, letter)
    },
  )

  it('names each of a thousand incidents, in a mail that readers do not cut', () => {
    const letter = letters.at(-2)
    const { text } = readHtml(letter?.html ?? '')
    for (let host = 1; host <= 1000; host++) {
      expect(text).toMatch(new RegExp(`web-3-${host}\\b`))
      expect(letter?.text).toMatch(new RegExp(`web-3-${host}\\b`))
    }
    expect(letter?.html?.length).toBeLessThan(100_000)
    expect(letter?.text.length).toBeLessThan(100_000)
  })

  it('is text whatever a machine calls itself', () => {
    const hostile = '\u202e<script>alert("1")</script>\r\nBcc: all@example.org\u2028&amp;\u0000'
    const rename = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value), (key, part: unknown) =>
        typeof part === 'string' && NAMES.has(key) ? hostile : part,
      ) as T
    for (const letter of lettersIn(locale, rename)) {
      const { text, elements } = readHtml(letter.html ?? '')
      expect(elements).not.toContain('script')
      for (const said of [letter.subject, letter.text, text]) {
        expect(said).not.toMatch(/[\u202e\u2028\u0000\r]/)
      }
      expect(letter.subject).not.toMatch(/\n/)
    }
  })
})

const NAMES = new Set(['name', 'command', 'system', 'agentVersion', 'owner', '0', '1', '2'])

describe('the crisis mail of a host that is short of memory', () => {
  const evidence: IncidentEvidence = sampleEvidence(NOW_MS)
  const { opened } = sampleIncidents(NOW_MS)
  const letter = incidentLetter(
    { kind: 'opened', facts: opened, evidence, pictures },
    contextIn('en'),
  )

  it('says what, where, since when, and the value against its limit', () => {
    expect(letter.subject).toBe('Crisis: web-3 has 4.1\u00a0% of its memory left')
    expect(letter.text).toContain('Since 13:58:32\u00a0CET (12:58:32\u00a0UTC).')
    expect(letter.text).toMatch(/at worst +1\.8\u00a0% +limit 5\u00a0%/)
  })

  it('draws the hour before as a picture for light and dark, and as a line of text', () => {
    expect(letter.images.map(({ name }) => name)).toEqual(['chart-light@vigie', 'chart-dark@vigie'])
    for (const { name } of letter.images) expect(letter.html).toContain(`src="cid:${name}"`)
    expect(letter.text).toMatch(/^ {2}[▁▂▃▄▅▆▇█·]{60}$/m)
    expect(letter.html).toContain(
      'alt="Memory available: between 4.1\u00a0% and 37\u00a0%, limit 5\u00a0%"',
    )
  })

  it('has the processes by memory, once each, and what else is wrong there', () => {
    expect(letter.text.match(/webd: worker 7/g)).toHaveLength(1)
    expect(letter.text.indexOf('webd: worker 7')).toBeLessThan(letter.text.indexOf('kswapd0'))
    expect(letter.text).toContain('/var of web-3 is 91\u00a0% full')
  })

  it('has links to the host at that time, to take it and to silence it', () => {
    const hour = `from=${opened.sinceMs - 3_600_000}&to=${NOW_MS}`
    expect(letter.text).toContain(`https://vigie.example/hosts/1?${hour}`)
    expect(letter.html).toContain(`https://vigie.example/hosts/1?${hour.replace('&', '&amp;')}`)
    expect(letter.text).toContain('#take-1-ops%40example.org')
    expect(letter.text).toContain('#silence-1-ops%40example.org')
  })

  it('offers to take only what nobody has', () => {
    const taken = { ...opened, owner: 'ada@example.org', state: 'acknowledged' as const }
    const { text } = incidentLetter(
      { kind: 'opened', facts: taken, evidence, pictures },
      contextIn('en'),
    )
    expect(text).not.toContain('#take-')
    expect(text).toContain('ada@example.org has it.')
  })
})

it('C4: the last mail of an hour says so', () => {
  const { opened } = sampleIncidents(NOW_MS)
  const context = contextIn('en', { cap: { perHour: 20, untilMs: NOW_MS + 60_000 } })
  const parts = { kind: 'opened', facts: opened, evidence: null, pictures: null } as const
  expect(incidentLetter(parts, context).text).toContain(
    'This is the last of 20 mails within an hour',
  )
})

it('is JSON for a webhook', () => {
  const { opened, resolved } = sampleIncidents(NOW_MS)
  const letter = webhookLetter(
    'group',
    [
      { kind: 'opened', facts: opened },
      { kind: 'resolved', facts: resolved },
    ],
    links,
  )
  expect(JSON.parse(letter.text)).toMatchObject({
    type: 'vigie.notices',
    version: 1,
    notices: [
      {
        kind: 'opened',
        incident: { id: 1, severity: 'crisis', state: 'firing', host: { id: 1, name: 'web-3' } },
        url: 'https://vigie.example/incidents?incident=1',
      },
      { kind: 'resolved', incident: { resolvedWhy: 'cleared' } },
    ],
  })
})

/** For people who want to look: VIGIE_MAIL_SAMPLES names a directory. */
function keepSample(name: string, letter: Letter): void {
  const directory = process.env['VIGIE_MAIL_SAMPLES']
  if (directory === undefined) return
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, `${name}.html`), letter.html ?? '')
  writeFileSync(join(directory, `${name}.txt`), `${letter.subject}\n\n${letter.text}`)
}
