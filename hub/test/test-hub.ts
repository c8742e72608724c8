// A real hub for tests: on a free port of loopback, in a data directory of its own that goes when the test ends.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { pino, type Logger } from 'pino'
import { onTestFinished } from 'vitest'
import { createApp, type App } from '../src/app.ts'
import type { AppOptions } from '../src/app-options.ts'
import { DATABASE_FILE } from '../src/store/store.ts'
import type { Run } from '../src/store/tick-records.ts'

export interface TestHub extends App {
  readonly address: string
  readonly dataDirectory: string
}

type AtEnd = (end: () => Promise<void>) => void

export async function tempDirectory(atEnd: AtEnd = onTestFinished): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-hub-'))
  atEnd(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }))
  return directory
}

/** Starts a hub that stops when the test ends, or when `atEnd` says. What is to end first comes last. */
export async function startHub(
  options: Partial<AppOptions> = {},
  atEnd: AtEnd = onTestFinished,
): Promise<TestHub> {
  const dataDirectory = options.dataDirectory ?? (await tempDirectory(atEnd))
  const app = await createApp({
    listen: { host: '127.0.0.1', port: 0 },
    publicUrl: undefined,
    tls: undefined,
    retentionMs: 10 * 86_400_000,
    log: pino({ level: process.env['VIGIE_TEST_LOG'] ?? 'silent' }),
    ...options,
    dataDirectory,
    limits: { commitEveryMs: 20, ...options.limits },
  })
  atEnd(() => app.close())
  return { ...app, address: await app.listen(), dataDirectory }
}

/** The whole history of a host. */
export async function runsOf(hub: TestHub, hostId: number): Promise<Run[]> {
  const runs: Run[] = []
  for await (const run of hub.store.history.runs({ hostId, fromMs: 0, toMs: 8e15 })) runs.push(run)
  return runs
}

/** Takes the database's write lock through a connection of its own, as another process would. */
export function lockDatabase(dataDirectory: string): { release(): void } {
  const database = new Database(join(dataDirectory, DATABASE_FILE))
  database.exec('begin immediate')
  return { release: () => void database.close() }
}

/** A logger, and the way to wait for what it is told. */
export function listeningLog(): {
  log: Logger
  lines: readonly string[]
  says: (words: string) => Promise<void>
} {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const write = (line: string): void => {
    lines.push(line)
    for (const wake of waiting) wake()
  }
  return {
    log: pino({ level: 'info' }, { write }),
    lines,
    /** Resolves when a line with these words has been logged. */
    async says(words: string): Promise<void> {
      while (!lines.some((line) => line.includes(words))) {
        await new Promise<void>((resolve) => waiting.add(resolve))
      }
    },
  }
}
