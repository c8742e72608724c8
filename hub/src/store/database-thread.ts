// Owns the thread of the hub's database, as the rest of the process sees it: requests, answers, and its end.
import { Worker } from 'node:worker_threads'
import SqliteDatabase from 'better-sqlite3'
import type { SqliteOptions } from './sqlite-file.ts'
import type { TickBatch } from './tick-batch.ts'

type Ask =
  | { readonly kind: 'open'; readonly options: SqliteOptions }
  | { readonly kind: 'statement'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'commit'; readonly batch: TickBatch }
  | { readonly kind: 'close' }

export type Request = Ask & { readonly id: number }

export interface StatementResult {
  readonly rows: readonly unknown[]
  readonly changes?: number
  readonly lastInsertRowid?: number | bigint
}

export type Reply = { readonly id: number } & (
  | { readonly result: StatementResult | undefined }
  /** With a code it is SQLite's own. */
  | { readonly fault: { readonly message: string; readonly code?: string } }
)

/** The thread ended though nobody closed it: what was asked of it may or may not be done. */
export class DatabaseThreadError extends Error {
  override readonly name = 'DatabaseThreadError'
}

/** It makes little garbage. */
const YOUNG_MIB = 8

interface Asked {
  readonly resolve: (result: StatementResult | undefined) => void
  readonly reject: (error: Error) => void
}

/** Has a thread; {@link DatabaseThread.close} ends it. It keeps the process alive only while it is asked something. */
export class DatabaseThread {
  readonly #worker: Worker
  readonly #asked = new Map<number, Asked>()
  readonly #onFailed: (error: Error) => void
  #lastId = 0
  #isClosed = false

  private constructor(worker: Worker, onFailed: (error: Error) => void) {
    this.#worker = worker
    this.#onFailed = onFailed
    this.#worker.unref()
    this.#worker.on('message', (reply: Reply) => this.#onReply(reply))
    this.#worker.on('error', (cause) => this.#onEnd(cause))
    this.#worker.on('exit', () => this.#onEnd())
  }

  /** Opens the file; throws SQLite's own errors. `onFailed` is called at most once, when the thread dies. */
  static async open(
    options: SqliteOptions,
    onFailed: (error: Error) => void,
    worker = new Worker(new URL('database-worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    }),
  ): Promise<DatabaseThread> {
    const thread = new DatabaseThread(worker, onFailed)
    await thread.#ask({ kind: 'open', options })
    return thread
  }

  /** Requests that are not answered yet. */
  get pending(): number {
    return this.#asked.size
  }

  async run(sql: string, parameters: readonly unknown[] = []): Promise<StatementResult> {
    const result = await this.#ask({ kind: 'statement', sql, parameters })
    return result ?? { rows: [] }
  }

  /** Ends a transaction that failed, if the failure has not ended it by itself. */
  async rollback(): Promise<void> {
    await this.#ask({ kind: 'rollback' })
  }

  /** Resolves when the batch is on the disk; when it rejects, nothing of it is. Waits for an open transaction. */
  async commit(batch: TickBatch): Promise<void> {
    await this.#ask({ kind: 'commit', batch }, [batch.rows.buffer])
  }

  /** Resolves when the thread is gone. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    const gone = new Promise((resolve) => this.#worker.once('exit', resolve))
    const closing = this.#ask({ kind: 'close' })
    this.#isClosed = true
    await closing
    this.#worker.ref()
    await gone
  }

  #ask(ask: Ask, transfer: readonly ArrayBuffer[] = []): Promise<StatementResult | undefined> {
    if (this.#isClosed) return Promise.reject(new DatabaseThreadError('the database is closed'))
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#worker.postMessage({ ...ask, id } satisfies Request, transfer)
      if (this.#asked.size === 0) this.#worker.ref()
      this.#asked.set(id, { resolve, reject })
    })
  }

  #onReply(reply: Reply): void {
    const asked = this.#asked.get(reply.id)
    this.#asked.delete(reply.id)
    if (this.#asked.size === 0) this.#worker.unref()
    if ('fault' in reply) asked?.reject(errorOf(reply.fault))
    else asked?.resolve(reply.result)
  }

  #onEnd(cause?: unknown): void {
    const why = cause instanceof Error ? ` (${cause.message})` : ''
    const error = new DatabaseThreadError(
      `the thread of the database died${why}: start the hub again`,
      { cause },
    )
    for (const { reject } of this.#asked.values()) reject(error)
    this.#asked.clear()
    if (this.#isClosed) return
    this.#isClosed = true
    this.#onFailed(error)
  }
}

function errorOf({ message, code }: { message: string; code?: string }): Error {
  return code === undefined ? new Error(message) : new SqliteDatabase.SqliteError(message, code)
}
