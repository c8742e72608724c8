// Owns the process of the hub: settings, logger, signals and the exit status.
import { pino } from 'pino'
import { createApp, type App } from './app.ts'
import { loadSettings, type Settings } from './settings.ts'
import { startError } from './start-error.ts'

/** Runs the hub until it is told to stop. Resolves with the exit status once it is stopped. */
export async function runHub(environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  // What the hub writes is its own: password hashes, keys, what runs on every machine.
  process.umask(0o077)
  let settings: Settings | undefined
  let app: App | undefined
  try {
    settings = loadSettings(environment)
    const log = createLogger(settings.logLevel)
    app = await createApp({ ...settings, log })
    const address = await app.listen()
    log.info({ address, dataDirectory: settings.dataDirectory }, 'the hub listens')
    const token = await app.people.issueSignInToken()
    // The token stands in the fragment, which browsers send to nobody and which no log of a server shows.
    const signInLink = `${settings.publicUrl?.origin ?? address}/welcome#${token}`
    process.stdout.write(`Sign in (once, within an hour): ${signInLink}\n`)
    // Whoever started the hub as its child is told when and where it listens.
    process.send?.({ url: address, signInLink })
    const signal = await stopSignal()
    log.info({ signal }, 'the hub stops')
    await app.close()
    return 0
  } catch (error) {
    process.stderr.write(`vigie: ${startError(error, settings)}\n`)
    await app?.close()
    return 1
  }
}

function createLogger(level: string) {
  if (!process.stderr.isTTY) return pino({ level }, pino.destination(2))
  const options = { destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }
  return pino({ level, transport: { target: 'pino-pretty', options } })
}

// A second signal ends the process at once: a person who presses Ctrl-C twice means it.
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
}

if (import.meta.main) process.exitCode = await runHub()
