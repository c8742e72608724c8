// Owns `vigie watch`: redraws in place once a second on a terminal, and writes a line a second elsewhere.
import { emitKeypressEvents, type Key } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Locale } from '@vigie/shared/format/locale'
import { CommandError } from './command-error.ts'
import { fullScreen } from './full-screen.ts'
import { FleetScreen } from './fleet-screen.ts'
import { HostScreen } from './host-screen.ts'
import { languageOf } from './language.ts'
import { namedHost } from './named-host.ts'
import { printLine } from './print.ts'
import { lineText } from './screen.ts'
import { withSource } from './source.ts'
import { WATCH_BACK_MS, type WatchListener } from './watch-feed.ts'
import { WATCH_WORDS } from './watch-words.ts'

export interface WatchCommandOptions {
  readonly hub?: string
  readonly lang?: string
}

type Screen = FleetScreen | HostScreen

/** Ends when the person has seen enough. */
export async function watch(
  written: string | undefined,
  { hub, lang }: WatchCommandOptions,
): Promise<void> {
  const locale = languageOf(lang)
  await withSource(hub, async (source) => {
    const hosts = written === undefined ? [] : await source.hosts()
    const open = written === undefined ? undefined : namedHost(hosts, written)
    const screen = open ? new HostScreen(open, locale) : new FleetScreen(locale)
    if (open) {
      const nowMs = Date.now()
      const back = { fromMs: nowMs - WATCH_BACK_MS, toMs: nowMs }
      for await (const run of source.runs(open, back)) screen.onTicks(run)
    }
    const ending = new AbortController()
    const display = process.stdout.isTTY ? terminal(screen, locale) : plainLines(screen)
    const leave = onLeaving(() => ending.abort())
    const listener: WatchListener = {
      onHosts: (changed) => screen.onHosts(changed),
      onRemoved(hostIds) {
        if (screen instanceof FleetScreen) screen.onRemoved(hostIds)
        else if (open && hostIds.includes(open.id)) {
          ending.abort(new CommandError(`${open.name} is in the fleet no more`))
        }
      },
      onRecent: (hostId, recent) => screen.onRecent(hostId, recent),
      onTicks: (run) => screen.onTicks(run),
      onTrouble: (words) => display.trouble(words),
    }
    try {
      const { signal } = ending
      const watching = source.watch(listener, { ...(open && { open }), signal })
      // Whichever fails ends the other.
      watching.catch(() => ending.abort())
      await everySecond(() => display.draw(), signal)
      await watching
    } finally {
      leave()
      display.close()
    }
    const reason: unknown = ending.signal.reason
    if (reason instanceof CommandError) throw reason
  })
}

interface Display {
  trouble(words: string | null): void
  draw(): void
  close(): void
}

function terminal(screen: Screen, locale: Locale): Display {
  const words = WATCH_WORDS[locale]
  const isColour = !process.env['NO_COLOR']
  const screenful = fullScreen(process.stdout)
  let trouble: string | null = null
  const draw = (): void => {
    const { columns, rows } = process.stdout
    const nowMs = Date.now()
    const time = new Date(nowMs).toLocaleTimeString(locale === 'fr' ? 'fr-FR' : 'en-GB')
    const head = [
      { text: 'Vigie', style: 'bold' as const },
      { text: screen instanceof FleetScreen ? `  ${screen.summary()}` : '' },
      { text: `  ${time}  ${words.quit}`, style: 'dim' as const },
    ]
    const second = { text: trouble ?? '', style: 'red' as const }
    const lines = [head, [second], ...screen.lines(columns, nowMs)]
    const room = Math.max(2, rows)
    const shown =
      lines.length <= room
        ? lines
        : [
            ...lines.slice(0, room - 1),
            [{ text: words.more(lines.length - room + 1), style: 'dim' as const }],
          ]
    screenful.show(shown.map((line) => lineText(line, { width: columns, isColour })))
  }
  process.stdout.on('resize', draw)
  return {
    trouble(said) {
      trouble = said
    },
    draw,
    close() {
      process.stdout.off('resize', draw)
      screenful.close()
    },
  }
}

function plainLines(screen: Screen): Display {
  return {
    trouble(words) {
      if (words !== null) process.stderr.write(`vigie: ${words}\n`)
    },
    draw: () => printLine(`${new Date().toISOString().slice(0, 19)}Z  ${screen.summary()}`),
    close() {},
  }
}

async function everySecond(work: () => void, signal: AbortSignal): Promise<void> {
  const isOver = (): boolean => signal.aborted
  while (!isOver()) {
    // A little after the whole second, when the ticks of it have come.
    await delay(1000 - ((Date.now() - 300) % 1000), undefined, { signal }).catch(() => undefined)
    if (!isOver()) work()
  }
}

/** Calls back on q, Ctrl-C and the signals that end a process; returns what gives the keyboard back. */
function onLeaving(leave: () => void): () => void {
  const { stdin } = process
  const onKey = (_: string | undefined, { name, ctrl }: Key): void => {
    if (name === 'q' || (ctrl === true && (name === 'c' || name === 'd'))) leave()
  }
  const hasKeys = stdin.isTTY && process.stdout.isTTY
  if (hasKeys) {
    emitKeypressEvents(stdin)
    stdin.setRawMode(true)
    stdin.on('keypress', onKey)
    stdin.resume()
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
  return () => {
    process.off('SIGINT', leave)
    process.off('SIGTERM', leave)
    if (!hasKeys) return
    stdin.off('keypress', onKey)
    stdin.setRawMode(false)
    stdin.pause()
  }
}
