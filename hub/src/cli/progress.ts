// Owns progress bars: on standard error, and only where somebody watches.
import { formatDuration } from '@vigie/shared/format/duration'
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** `share` is from 0 to 1; `note` says what was done, such as `3600 ticks`. */
  update(share: number, note: string): void
  stop(): void
}

const STEPS = 1000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function progressBar(doing: string): Progress {
  if (!process.stderr.isTTY) return { update() {}, stop() {} }
  const startedMs = performance.now()
  const bar = new SingleBar(
    {
      format: `${doing} [{bar}] {percentage} %  {note}`,
      stream: process.stderr,
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  )
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
    bar.stop()
  }
  // The terminal gets its cursor back before the process ends: by itself, or by whoever else listens.
  const onSignal = (signal: NodeJS.Signals): void => {
    stop()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  bar.start(STEPS, 0, { note: '' })
  return {
    update(share, note) {
      const left = timeLeft(performance.now() - startedMs, share)
      bar.update(Math.min(STEPS, Math.floor(share * STEPS)), {
        note: [note, left].filter(Boolean).join(', '),
      })
    },
    stop,
  }
}

const SETTLED_MS = 2000

/** At the pace so far; nothing until there is one. */
function timeLeft(elapsedMs: number, share: number): string {
  if (elapsedMs < SETTLED_MS || share <= 0 || share >= 1) return ''
  return `${formatDuration(Math.ceil(((elapsedMs / share) * (1 - share)) / 1000) * 1000, 'en')} left`
}
