// Owns the process of the hub: settings, logger, signals and the exit status.
import { pino } from 'pino'
import { createApp, type App } from './app.ts'
import type { AppOptions } from './app-options.ts'
import { hubUrlOf } from './join-command.ts'
import { loadSettings, type Settings } from './settings.ts'
import { readableByOthers } from './secret-files.ts'
import { startSupervision } from './service/supervision.ts'
import { startError } from './start-error.ts'

export interface RunOptions {
  readonly isLinkWanted?: boolean
  readonly limits?: NonNullable<AppOptions['limits']>
}

/** Runs the hub until it is told to stop. Resolves with the exit status once it is stopped. */
export async function runHub({ isLinkWanted = false, limits }: RunOptions = {}): Promise<number> {
  // What the hub writes is its own: password hashes, keys, what runs on every machine.
  process.umask(0o077)
  let settings: Settings | undefined
  let app: App | undefined
  try {
    settings = loadSettings()
    const log = createLogger(settings.logLevel)
    app = await createApp({
      ...settings,
      log,
      onFailed: (error) => fail(error, settings),
      ...(limits && { limits }),
    })
    const address = await app.listen()
    // Before anyone is told: whoever waits for the word may stop the hub at once.
    const stopped = stopSignal()
    log.info({ address, dataDirectory: settings.dataDirectory }, 'the hub listens')
    const exposed = await readableByOthers(settings)
    if (exposed !== undefined) log.warn(`of the hub's secrets, ${exposed}`)
    // Where nobody reads it, as under a service manager, a link that signs in would only stand in a journal.
    const isLinkRead = isLinkWanted || process.stdout.isTTY || process.send !== undefined
    const signInLink =
      isLinkRead || (await app.people.isSetupNeeded())
        ? await newSignInLink(app, settings.publicUrl ? hubUrlOf(settings) : address)
        : undefined
    if (signInLink) process.stdout.write(`Sign in (once, within an hour): ${signInLink}\n`)
    // Whoever started the hub as its child is told when and where it can be spoken to.
    process.send?.({ url: settings.tls ? hubUrlOf(settings) : address, signInLink })
    const { store } = app
    const supervision = startSupervision({
      environment: process.env,
      checkDatabase: () => store.check(),
      log,
    })
    const signal = await stopped
    log.info({ signal }, 'the hub stops')
    supervision.stopping()
    await app.close()
    return 0
  } catch (error) {
    tell(error, settings)
    await app?.close()
    return 1
  }
}

function tell(error: unknown, settings: Settings | undefined): void {
  process.stderr.write(`vigie: ${startError(error, settings)}\n`)
}

// At once, as a clean stop would write what cannot be written; whoever supervises the hub starts it again.
function fail(error: Error, settings: Settings | undefined): never {
  tell(error, settings)
  process.exit(1)
}

// The token stands in the fragment, which browsers send to nobody and which no log of a server shows.
async function newSignInLink({ people }: App, hubUrl: string): Promise<string> {
  return `${hubUrl}/welcome#${await people.issueSignInToken()}`
}

function createLogger(level: string) {
  // Without pino's own `hostname` and `pid`: whatever reads a service's output adds them.
  if (!process.stderr.isTTY) return pino({ level, base: null }, pino.destination(2))
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
