// Owns ECharts: only the parts that pictures need, and an SVG that reads alike in browsers and in office documents.
import { CustomChart, LineChart } from 'echarts/charts'
import { GraphicComponent, GridComponent } from 'echarts/components'
import { graphic, init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { printable } from './elements.ts'

use([CustomChart, LineChart, GraphicComponent, GridComponent, SVGRenderer])

interface Pen {
  moveTo(x: number, y: number): unknown
  lineTo(x: number, y: number): unknown
}

/** Line segments from x1, y1 to x2, y2 as one shape. */
const Segments = graphic.extendShape({
  shape: { segments: [] as number[][] },
  buildPath(path: Pen, shape: object) {
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of (shape as { segments: number[][] }).segments) {
      path.moveTo(x1, y1)
      path.lineTo(x2, y2)
    }
  },
})
graphic.registerShape('segments', Segments)

export interface Picture {
  readonly widthPx: number
  readonly heightPx: number
  /** Read aloud instead of the picture. */
  readonly title: string
}

/** Draws without a browser. */
export function renderSvg(
  option: EChartsCoreOption,
  { widthPx, heightPx, title }: Picture,
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx })
  try {
    chart.setOption({ animation: false, ...option })
    const svg = withPlainBaselines(withoutPointer(chart.renderToSVGString({ useViewBox: true })))
    return svg.replace('>', ` role="img"><title>${escaped(printable(title))}</title>`)
  } finally {
    chart.dispose()
  }
}

// Nobody points at a picture in a document. Text content cannot look like this: its quotes are escaped.
function withoutPointer(svg: string): string {
  return svg
    .replace(/ (?:class="[\w-]+"|pointer-events="visible")/g, '')
    .replace(/<style >.*?<\/style>\s*/gs, '')
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** From the middle of a line of text down to its baseline, in parts of the font's size. */
const HALF_HEIGHT = 0.35

// Office suites do not know `dominant-baseline`: the text goes to where its baseline is.
function withPlainBaselines(svg: string): string {
  return svg.replace(/<text dominant-baseline="central"([^>]*)>/g, (_, attributes: string) => {
    const size = Number(/font-size:([\d.]+)px/.exec(attributes)?.[1] ?? 12)
    const down = size * HALF_HEIGHT
    if (!/ y="/.test(attributes)) return `<text y="${down.toFixed(2)}"${attributes}>`
    const moved = attributes.replace(
      / y="([^"]+)"/,
      (_found, y: string) => ` y="${(Number(y) + down).toFixed(2)}"`,
    )
    return `<text${moved}>`
  })
}
