// Owns the hub's own figures of what goes out to browsers.
import { Counter, Gauge, type Registry } from 'prom-client'

export function createLiveMetrics(registry: Registry) {
  const registers = [registry]
  return {
    sessions: new Gauge({
      name: 'vigie_live_sessions',
      help: 'Browsers that watch',
      registers,
    }),
    frames: new Counter({
      name: 'vigie_live_frames_total',
      help: 'Frames sent to browsers',
      labelNames: ['kind'],
      registers,
    }),
    dropped: new Counter({
      name: 'vigie_live_frames_dropped_total',
      help: 'Blocks that a browser was too slow for',
      registers,
    }),
    closes: new Counter({
      name: 'vigie_live_closes_total',
      help: 'Browser connections that ended, by the name of the close code',
      labelNames: ['close'],
      registers,
    }),
  }
}

export type LiveMetrics = ReturnType<typeof createLiveMetrics>
