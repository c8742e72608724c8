// Owns drawing pictures beside the event loop: one takes tens of milliseconds, in which no socket would be read.
import type { ChartPainter } from '../mail/ports.ts'
import { openThreadPool } from '../thread-pool.ts'
import { gatherGraph, type GraphRequest, type GraphSource } from './gather-graph.ts'

/** Rejects when more are waiting than will be drawn soon. */
export interface GraphPainter extends ChartPainter {
  /** The picture as SVG. */
  draw(request: GraphRequest): Promise<string>
  /** A picture will soon be wanted: starts the thread, which takes longer than any picture. */
  getReady(): void
  close(): Promise<void>
}

const IDLE_TIMEOUT_MS = 10_000
const MAX_WAITING = 32
// Pixels lie outside the heap: it has to be small to be tidied before a hundred pictures of them wait to be given back.
const YOUNG_MB = 4

/** The thread, and ECharts in it, are there only while pictures are asked for. */
export function createGraphPainter(source: GraphSource): GraphPainter {
  const pool = openThreadPool({
    filename: new URL('./graph-worker.ts', import.meta.url).href,
    idleTimeout: IDLE_TIMEOUT_MS,
    maxQueue: MAX_WAITING,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  })
  return {
    draw: async (request) => (await pool.run(await gatherGraph(source, request))) as string,
    drawPng: async (chart, style) =>
      (await pool.run({ chart, style }, { name: 'drawPng' })) as Uint8Array,
    getReady: () => void pool.run(null, { name: 'getReady' }).catch(() => undefined),
    close: () => pool.close(),
  }
}
