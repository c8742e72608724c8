// Owns what the hub tells the service manager that started it: that it is ready, and, as long as its event loop turns and its
// database answers, that it is alive (man 3 sd_notify). By systemd's own program, since Node has no datagram sockets.
import { execFile } from 'node:child_process'

/** By its full path: nothing that stands before it in PATH may speak for the hub. */
const PROGRAM = '/usr/bin/systemd-notify'

export interface SupervisionOptions {
  readonly environment: NodeJS.ProcessEnv
  /** Resolves when the database has answered; as long as it does not, nothing is told, and the manager's patience runs. */
  readonly checkDatabase: () => Promise<void>
  readonly log: { warn(details: object, words: string): void }
}

export interface Supervision {
  stopping(): void
}

/** Says that the hub is ready. Where no manager waits for word, it does nothing. */
export function startSupervision(options: SupervisionOptions): Supervision {
  const { environment, checkDatabase, log } = options
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: patienceUs } = environment
  // What the hub starts, such as a browser, has nothing to say for it.
  delete environment['NOTIFY_SOCKET']
  if (!socket) return { stopping: () => undefined }

  const tell = (...words: string[]): void => {
    execFile(PROGRAM, words, { env: { NOTIFY_SOCKET: socket }, timeout: 10_000 }, (err) => {
      // systemd stops whatever is in the service, its own program too: then it knows.
      const isStopped = err?.signal === 'SIGTERM' && !err.killed
      if (err && !isStopped) log.warn({ err }, 'the service manager could not be told')
    })
  }
  let isAsking = false
  const look = async (): Promise<void> => {
    if (isAsking) return
    isAsking = true
    try {
      await checkDatabase()
      tell('WATCHDOG=1')
    } catch (err) {
      log.warn(
        { err },
        'the database does not answer; the service manager is not told that all is well',
      )
    } finally {
      isAsking = false
    }
  }

  tell('READY=1')
  const patienceMs = Number(patienceUs ?? 0) / 1000
  // Of the time that it waits, half (man 3 sd_watchdog_enabled) less what a busy machine is late.
  const timer = patienceMs > 0 ? setInterval(() => void look(), patienceMs / 3) : undefined
  timer?.unref()
  return {
    stopping() {
      clearInterval(timer)
      tell('STOPPING=1')
    },
  }
}
