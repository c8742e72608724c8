// Owns the whole screen of a terminal for a while: what stood there is there again afterwards.
import type { WriteStream } from 'node:tty'

const CSI = '\u001b['
/** The other screen, no cursor, no wrapping of what is a little too long; and back. */
const ENTER = `${CSI}?1049h${CSI}?25l${CSI}?7l`
const LEAVE = `${CSI}?7h${CSI}?25h${CSI}?1049l`
/** What comes in between is shown at once, by terminals that can. */
const TOGETHER = [`${CSI}?2026h`, `${CSI}?2026l`] as const

export interface FullScreen {
  /** Lines without line ends, no more than there are rows. */
  show(lines: readonly string[]): void
  close(): void
}

export function fullScreen(terminal: WriteStream): FullScreen {
  terminal.write(ENTER)
  const leave = (): void => void terminal.write(LEAVE)
  // However the process ends, the terminal is not left like this.
  process.once('exit', leave)
  return {
    show(lines) {
      const text = lines.map((line) => `${CSI}K${line}`).join('\r\n')
      terminal.write(`${TOGETHER[0]}${CSI}H${text}${CSI}J${TOGETHER[1]}`)
    },
    close() {
      process.off('exit', leave)
      leave()
    },
  }
}
