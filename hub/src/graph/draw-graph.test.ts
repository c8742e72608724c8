import type { Gap, GapReason } from '@vigie/shared/api/gap'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { drawGraph } from './draw-graph.ts'
import type { Graph, GraphStyle } from './graph.ts'

const FROM_MS = Date.parse('2026-11-22T23:00:00Z')
const HOUR_MS = 3_600_000
const STEP_MS = 60_000

interface Drawn {
  readonly svg: string
  readonly texts: readonly string[]
  readonly elements: ReadonlySet<string>
  readonly attributes: ReadonlySet<string>
}

/** Draws, and reads the picture as a strict XML parser does. */
function draw(change: Partial<Graph> = {}, style: Partial<GraphStyle> = {}): Drawn {
  const svg = drawGraph({ ...graph(), ...change, style: { ...graph().style, ...style } })
  const texts: string[] = []
  const elements = new Set<string>()
  const attributes = new Set<string>()
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', ({ name, attributes: own }) => {
    elements.add(name)
    for (const attribute of Object.keys(own)) attributes.add(attribute)
    if (name === 'text' || name === 'title') texts.push('')
  })
  parser.on('text', (content) => {
    if (content.trim() !== '') texts.push((texts.pop() ?? '') + content)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  return { svg, texts, elements, attributes }
}

function graph(): Graph {
  const count = (24 * HOUR_MS) / STEP_MS
  const series = ['user', 'system'].map((mode, place) => {
    const mean = Array.from({ length: count }, (_, index) =>
      index > 300 && index < 500 ? null : 0.2 + place * 0.1 + 0.1 * Math.sin(index / 50),
    )
    return {
      series: `system.cpu.utilization{cpu.mode="${mode}"}`,
      unit: '1',
      min: mean,
      mean,
      max: mean,
    }
  })
  const load = series[0]?.mean ?? []
  series.push({
    series: 'system.cpu.load_average.1m',
    unit: '{run_queue_item}',
    min: load.map((value) => value && value / 2),
    mean: load,
    max: load.map((value) => value && value * 2),
  })
  return {
    hostName: 'web-1',
    fromMs: FROM_MS,
    toMs: FROM_MS + 24 * HOUR_MS,
    intervalMs: 1000,
    metrics: ['system.cpu.utilization', 'system.cpu.load_average.1m'],
    values: {},
    history: { fromMs: FROM_MS, toMs: FROM_MS + 24 * HOUR_MS, stepMs: STEP_MS, series },
    gaps: [gap('hub-away', 5, 8.3)],
    style: { theme: 'light', locale: 'en', zone: 'Europe/Paris', widthPx: 960 },
  }
}

function gap(reason: GapReason, fromHour: number, toHour: number): Gap {
  const [fromMs, toMs] = [FROM_MS + fromHour * HOUR_MS, FROM_MS + toHour * HOUR_MS]
  return { fromMs, toMs, reason, isOpen: false }
}

describe('a picture', () => {
  it('says which host, when, in which zone, and what each chart shows', () => {
    const { texts } = draw()
    expect(texts).toContain('web-1')
    expect(texts).toContain(
      'Monday, 23 November 2026, 00:00 to Tuesday, 24 November 2026, 00:00 (1\u00a0d) · Europe/Paris (UTC+1)',
    )
    expect(texts).toContain('1\u00a0min a point · line: mean, band: least to greatest')
    for (const word of ['CPU', 'Load, 1 min', 'user', 'system', '09:00', '24 Nov', 'hub away']) {
      expect(texts).toContain(word)
    }
  })

  it('speaks French', () => {
    const { texts } = draw({}, { locale: 'fr' })
    expect(texts).toContain(
      'du lundi 23 novembre 2026, 00:00 au mardi 24 novembre 2026, 00:00 (1\u00a0j) · Europe/Paris (UTC+1)',
    )
    for (const word of ['Processeur', 'utilisateur', '24 nov.', 'hub absent', 'moy.']) {
      expect(texts).toContain(word)
    }
  })

  it('has nothing that an office document cannot show', () => {
    const { elements, attributes } = draw()
    expect([...elements].sort()).toEqual(
      ['clipPath', 'defs', 'g', 'path', 'polygon', 'rect', 'svg', 'text', 'title'].sort(),
    )
    expect(attributes).not.toContain('dominant-baseline')
    expect(attributes).not.toContain('class')
  })

  it('is sound XML whatever a machine calls itself and its parts', () => {
    const evil = '</text><script>alert(1)</script>&amp;"\'\u0000\u0007\ud800 class="x"'
    const { history } = graph()
    const series = `system.disk.utilization{system.device="${evil.replaceAll('"', '\\"')}"}`
    const { texts, elements } = draw({
      hostName: evil,
      metrics: ['system.disk.utilization'],
      history: { ...history, series: history.series.slice(2).map((one) => ({ ...one, series })) },
    })
    const shown = '</text><script>alert(1)</script>&amp;"\'\ufffd\ufffd\ufffd class="x"'
    expect(texts).toContain(shown)
    expect(elements).not.toContain('script')
  })

  it('hatches a hole however long, and names it where there is room', () => {
    const gaps = [gap('stopped', 5, 8.3), gap('network', 12, 12.6), gap('stalled', 15, 15.01)]
    const { texts } = draw({ gaps })
    expect(texts.filter((word) => word === 'agent stopped')).toHaveLength(2)
    expect(texts.filter((word) => word === 'network')).toHaveLength(2)
    expect(texts).not.toContain('stalled')
  })

  it('is as large as it is asked to be, with any number of charts', () => {
    const { svg } = draw({}, { widthPx: 480, heightPx: 300, theme: 'dark' })
    expect(svg).toMatch(/^<svg width="480" height="300" /)
    expect(svg).toContain('fill="#14171a"')
    expect(draw({}, { isTransparent: true }).svg).not.toContain('fill="#ffffff"')
    const { texts } = draw({ metrics: ['no.such.metric'] })
    expect(texts).toContain('no data')
  })

  it('has no numbers beside an axis without data', () => {
    const { texts } = draw({ metrics: ['system.cpu.load_average.15m'], gaps: [] })
    expect(texts.filter((word) => /^[\d.]+$/.test(word))).toEqual([])
    expect(texts).toContain('no data')
  })

  it('writes what is below zero with its sign, and what goes out without', () => {
    const drawn = (names: readonly string[], sign: number) => {
      const [one] = graph().history.series
      const mean = (one?.mean ?? []).map((value) => value && sign * 3)
      const series = names.map((name) => ({ series: name, unit: '1', min: mean, mean, max: mean }))
      const metrics = [names[0]?.split('{', 1)[0] ?? '']
      return draw({ metrics, history: { ...graph().history, series }, gaps: [] }).texts
    }
    expect(drawn(['some.metric'], -1)).toEqual(expect.arrayContaining(['0', '-1', '-2', '-3']))
    const both = ['receive', 'transmit'].map((way) => `system.network.io{network.interface.name="a",network.io.direction="${way}"}`) // prettier-ignore
    expect(drawn(both, 1000).filter((text) => text.startsWith('-'))).toEqual([])
  })

  it('keeps its heading within a narrow picture', () => {
    const { texts } = draw({ hostName: 'a'.repeat(64) }, { widthPx: 480 })
    expect(texts).toContain('Europe/Paris (UTC+1)')
    expect(texts.slice(1).filter((text) => text.length > 64)).toEqual([])
  })

  it('ends the axis at a whole, though rounded parts add up to more, and draws what idles as idle', () => {
    const scaled = (factor: number) => {
      const series = graph().history.series.map((one) => {
        const mean = one.mean.map((value) => value && factor)
        return { ...one, min: mean, mean, max: mean }
      })
      const history = { ...graph().history, series }
      return draw({ history, metrics: ['system.cpu.utilization'], gaps: [] }).texts
    }
    expect(scaled(0.5003)).toContain('100\u00a0%')
    expect(scaled(0.5003)).not.toContain('150\u00a0%')
    expect(scaled(0.001)).toEqual(expect.arrayContaining(['0', '2', '4', '6\u00a0%']))
  })

  it('draws every tick as it was, and a lone one as a dot', () => {
    const { history } = graph()
    const one = history.series.slice(0, 1).map((series) => {
      const mean = [0.5, null, 0.25, 0.25]
      return { ...series, min: mean, mean, max: mean }
    })
    const raw = { fromMs: FROM_MS, toMs: FROM_MS + 4000, stepMs: 1000, series: one }
    const { svg, texts } = draw({ ...raw, history: raw, gaps: [], metrics: [one[0]?.series ?? ''] })
    expect(texts).toContain('every tick')
    expect(svg.match(/<path d="[^"]*A[^"]*"/g) ?? svg.match(/<circle/g)).toHaveLength(1)
  })
})
