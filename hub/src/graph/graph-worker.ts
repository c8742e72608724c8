// Owns drawing in a thread of its own.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { drawGraph } from './draw-graph.ts'
import type { IncidentPicture } from './incident-png.ts'

export default drawGraph

/** What makes pixels is loaded with the first picture that needs them. */
export async function drawPng(picture: IncidentPicture): Promise<Uint8Array> {
  const { drawIncidentPng } = await import('./incident-png.ts')
  const png = drawIncidentPng(picture)
  // Pixels of earlier pictures are given back between two turns, and a thread that is asked for more takes none.
  await nextTurn()
  return png
}

/** Loads all of it before the picture is asked for. */
export async function getReady(): Promise<void> {
  await import('./incident-png.ts')
}
