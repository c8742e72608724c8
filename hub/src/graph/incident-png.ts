// Owns a picture as PNG, for mail: two device pixels a pixel, and its one font with it, because a server has none.
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import type { IncidentChart } from '../mail/ports.ts'
import { drawIncidentChart } from './incident-chart.ts'
import { INCIDENT_PX, type IncidentStyle } from './incident-plot.ts'

const FONT = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
const DEVICE_PIXELS = 2

export interface IncidentPicture {
  readonly chart: IncidentChart
  readonly style: IncidentStyle
}

export function drawIncidentPng({ chart, style }: IncidentPicture): Uint8Array {
  const image = new Resvg(drawIncidentChart(chart, style), {
    fitTo: { mode: 'width', value: INCIDENT_PX.width * DEVICE_PIXELS },
    font: {
      loadSystemFonts: false,
      fontFiles: [FONT],
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  })
  return image.render().asPng()
}
