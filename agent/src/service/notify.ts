// Owns what the agent tells the service manager that started it: ready, well, stopping (man 3 sd_notify). Node has no
// datagram sockets of the kind that systemd listens on. From 253 on, systemd opens its own for us (OpenFile= in the unit) and
// a write to it is a datagram; before, its program systemd-notify is asked, by a path and with words that are fixed here.
import { execFile } from 'node:child_process'
import { writeSync } from 'node:fs'

export interface Notifier {
  ready(): void
  /** The watchdog is told that all is well; how often is {@link Notifier.everyMs}. */
  alive(status: string): void
  stopping(): void
  /** Undefined: nobody waits for it. */
  readonly everyMs: number | undefined
}

const FIRST_FD = 3
const NAME = 'notify'
const PROGRAM = '/usr/bin/systemd-notify'

export interface NotifierOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly pid?: number
  readonly warn: (details: object, message: string) => void
}

export function createNotifier({
  environment,
  pid = process.pid,
  warn,
}: NotifierOptions): Notifier {
  const send = senderOf(environment, pid, warn)
  const watchdogUs = Number(environment['WATCHDOG_USEC'])
  // Of the time that it waits, half (man 3 sd_watchdog_enabled) less what a busy machine is late.
  const everyMs = send && watchdogUs > 0 ? Math.floor(watchdogUs / 1000 / 3) : undefined
  return {
    ready: () => send?.('READY=1'),
    alive: (status) => send?.('WATCHDOG=1', `STATUS=${status}`),
    stopping: () => send?.('STOPPING=1'),
    everyMs,
  }
}

type Send = (...words: string[]) => void

function senderOf(
  environment: NodeJS.ProcessEnv,
  pid: number,
  warn: NotifierOptions['warn'],
): Send | undefined {
  const socket = environment['NOTIFY_SOCKET']
  // Programs that are asked for something, such as systemctl, would tell their own failures as this service's.
  delete environment['NOTIFY_SOCKET']
  const fd = openedFd(environment, pid)
  if (fd !== undefined) {
    return (...words) => {
      try {
        writeSync(fd, words.join('\n'))
      } catch (err) {
        warn({ err }, 'the service manager could not be told')
      }
    }
  }
  if (!socket) return undefined
  const env = { NOTIFY_SOCKET: socket }
  return (...words) => {
    execFile(PROGRAM, words, { env, timeout: 10_000 }, (err) => {
      // systemd stops whatever is in the service, its own program too: then it knows.
      const isStopped = err?.signal === 'SIGTERM' && !err.killed
      if (err && !isStopped) warn({ err }, 'the service manager could not be told')
    })
  }
}

// man 3 sd_listen_fds_with_names.
function openedFd(environment: NodeJS.ProcessEnv, pid: number): number | undefined {
  if (Number(environment['LISTEN_PID']) !== pid) return undefined
  const index = (environment['LISTEN_FDNAMES'] ?? '').split(':').indexOf(NAME)
  return index < 0 ? undefined : FIRST_FD + index
}
