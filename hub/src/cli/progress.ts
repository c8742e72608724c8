// Owns progress bars: on standard error, and only where somebody watches.
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** `share` is from 0 to 1; `note` says what was done, such as `3600 ticks`. */
  update(share: number, note: string): void
  stop(): void
}

const STEPS = 1000

export function progressBar(doing: string): Progress {
  if (!process.stderr.isTTY) return { update() {}, stop() {} }
  const bar = new SingleBar(
    {
      format: `${doing} [{bar}] {percentage} %  {note}  {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  )
  bar.start(STEPS, 0, { note: '' })
  return {
    update: (share, note) => bar.update(Math.min(STEPS, Math.floor(share * STEPS)), { note }),
    stop: () => bar.stop(),
  }
}
