import { Resvg } from '@resvg/resvg-js'
import { afterAll, describe, expect, it } from 'vitest'
import type { IncidentChart } from '../mail/ports.ts'
import { createGraphPainter } from './graph-painter.ts'
import { drawIncidentChart } from './incident-chart.ts'
import type { IncidentStyle } from './incident-plot.ts'
import { THEME } from './theme.ts'

const LIGHT: IncidentStyle = { theme: 'light', locale: 'en', zone: 'Europe/Paris' }
const DARK: IncidentStyle = { theme: 'dark', locale: 'fr', zone: 'America/New_York' }
const FROM_MS = Date.parse('2026-11-27T12:08:00Z')
const MINUTE_MS = 60_000

function chart(change: Partial<IncidentChart> = {}): IncidentChart {
  return {
    series: 'system.filesystem.utilization{system.filesystem.mountpoint="/"}',
    fromMs: FROM_MS,
    stepMs: MINUTE_MS,
    values: Array.from({ length: 60 }, (_, index) => (index > 56 ? null : 0.4 + index / 100)),
    threshold: 0.95,
    markMs: FROM_MS + 56 * MINUTE_MS,
    ...change,
  }
}

function wordsOf(svg: string): string[] {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word]) => word ?? '')
  return texts.filter((word) => word !== '')
}

function draw(change: Partial<IncidentChart> = {}, style: IncidentStyle = LIGHT) {
  const svg = drawIncidentChart(chart(change), style)
  return { svg, words: wordsOf(svg) }
}

const dashesOf = (svg: string): string[] => svg.match(/stroke-dasharray="[^"]+"/g) ?? []

describe('the picture of a mail', () => {
  const painter = createGraphPainter({
    buckets: () => Promise.reject(new Error('no history is asked for')),
    gaps: () => Promise.resolve([]),
  })
  afterAll(() => painter.close())

  it.each([LIGHT, DARK])('is a PNG of two device pixels a pixel: $theme', async (style) => {
    const png = Buffer.from(await painter.drawPng(chart(), style))
    expect(png.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1104, 420])
    expect(png.length).toBeLessThan(40_000)
    const colours = coloursOf(png)
    const { panel, data, warningFill } = THEME[style.theme]
    for (const colour of [panel, data[1], warningFill]) expect(colours).toContain(colour)
  })

  it('stays small whatever the line does', async () => {
    let seed = 1
    const values = Array.from({ length: 3600 }, () => {
      seed = (seed * 48_271) % 0x7fffffff
      return seed % 50 === 0 ? null : seed / 0x7fffffff
    })
    const png = await painter.drawPng(chart({ values, stepMs: 1000 }), LIGHT)
    expect(png.length).toBeLessThan(100_000)
  })
})

describe('its words', () => {
  it('are the limit, round times of the zone, and values with their unit', () => {
    const { words } = draw()
    expect(words).toEqual(expect.arrayContaining(['limit 95\u00a0%', '13:10', '100\u00a0%', '75']))
    const french = draw({ threshold: 0.975 }, DARK).words
    expect(french).toEqual(expect.arrayContaining(['seuil 97,5\u00a0%', '07:10', '100\u00a0%']))
  })

  it('write a limit as exactly as it was set', () => {
    const series = 'hw.temperature{hw.name="cpu"}'
    const { words } = draw({ series, values: [60, 61.5], threshold: 85 })
    expect(words).toContain('limit 85\u00a0°C')
  })

  it('hold nothing of what a machine calls its parts', () => {
    const series = 'system.cpu.load_average.1m{a="</text><script>alert(1)</script>\u0000"}'
    const { svg } = draw({ series })
    expect(svg).not.toContain('script')
    expect(draw({ series: '</title><script>' }).svg).not.toContain('<script')
    expect(() => new Resvg(svg)).not.toThrow()
  })
})

describe('what is in view', () => {
  it.each([
    ['far above', { series: 'vigie.clock.error', values: [0.0004, 0.0003], threshold: 0.5 }],
    ['far below', { values: [0.98, 0.97, 0.99], threshold: 0.05 }],
    ['below zero', { series: 'vigie.clock.offset', values: [0.1, 0.2], threshold: -2 }],
  ] as const)('the limit, %s what was measured', (_, change) => {
    const { svg, words } = draw(change)
    const y = Number(/<path d="M58 ([\d.]+)L544 \1"[^>]*stroke-dasharray="5,3"/.exec(svg)?.[1])
    expect(y).toBeGreaterThanOrEqual(22)
    expect(y).toBeLessThanOrEqual(184)
    expect(words.some((word) => word.startsWith('limit'))).toBe(true)
  })

  it('no limit of what is so or is not so, and no mark of another time', () => {
    const { svg, words } = draw({
      series: 'system.filesystem.read_only{system.filesystem.mountpoint="/"}',
      values: [0, 0, 1],
      threshold: 0.5,
      markMs: FROM_MS - 1,
    })
    expect(dashesOf(svg)).toEqual([])
    expect(words).toEqual(expect.arrayContaining(['0', '1']))
    expect(words).not.toContain('limit 0.5')
  })

  it.each([[[]], [[null, null, null]]])('a hatched nothing when all is missing: %j', (values) => {
    const { svg, words } = draw({ values, markMs: null })
    expect(words).toContain('no data')
    expect(words.filter((word) => /%|limit/.test(word))).toEqual([])
    expect(svg).toContain(THEME.light.hatch)
    expect(svg).not.toContain(THEME.light.data[1])
  })

  it('a hole within, between lines that reach its edges', () => {
    const { svg } = draw({ values: [0.2, 0.2, null, null, 0.3, 0.3], threshold: null })
    expect(svg).toContain(THEME.light.hatch)
    const lines = [...svg.matchAll(/<path d="([^"]+)"[^>]*stroke="#0b72b5"/g)].map(([, d]) => d)
    expect(lines.join('').match(/M/g)).toHaveLength(2)
    expect(draw({ values: [0.2, 0.2], threshold: null }).svg).not.toContain(THEME.light.hatch)
  })
})

/** Colours of many pixels. The picture is put into an SVG and rendered, which is a way to decode it. */
function coloursOf(png: Buffer): string[] {
  const href = `data:image/png;base64,${png.toString('base64')}`
  const size = 'width="1104" height="420"'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image href="${href}" ${size}/></svg>`
  const { pixels } = new Resvg(svg).render()
  const counts = new Map<string, number>()
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = `#${pixels.subarray(at, at + 3).toString('hex')}`
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts].filter(([, count]) => count > 50).map(([colour]) => colour)
}
