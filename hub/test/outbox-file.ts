// What a hub has written of incidents, notices and mails, read from its file through a connection of its own.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished, vi } from 'vitest'
import { DATABASE_FILE } from '../src/store/store.ts'

export interface NoticeRow {
  readonly incident_id: number
  readonly kind: 'opened' | 'resolved' | 'reminder'
  readonly recipient: string
  readonly mail_id: number | null
  readonly withheld: string | null
}

export interface MailRow {
  readonly id: number
  readonly message_id: string
  readonly kind: string
  readonly recipient: string
  readonly state: 'waiting' | 'delivered' | 'refused' | 'expired'
  readonly attempts: number
}

export class OutboxFile {
  readonly #database: Database.Database

  /** Until the test ends. */
  constructor(dataDirectory: string) {
    const options = { readonly: true, fileMustExist: true, timeout: 30_000 }
    this.#database = new Database(join(dataDirectory, DATABASE_FILE), options)
    onTestFinished(() => void this.#database.close())
  }

  incidents(): { id: number; state: string }[] {
    return this.#all('select id, state from incident order by id')
  }

  notices(): NoticeRow[] {
    return this.#all(
      'select incident_id, kind, recipient, mail_id, withheld from notice order by id',
    )
  }

  mails(): MailRow[] {
    return this.#all(
      'select id, message_id, kind, recipient, state, attempts from mail order by id',
    )
  }

  /** Whether there are so many notices of that kind, and every mail that was ever written is delivered. */
  isTold(kind: NoticeRow['kind'], count: number): boolean {
    const notices = this.notices().filter((notice) => notice.kind === kind)
    return (
      notices.length === count &&
      notices.every((notice) => notice.mail_id !== null) &&
      this.mails().every(({ state }) => state === 'delivered')
    )
  }

  /** Resolves when this is so; nothing tells a reader of a file that it has changed. */
  async until(isSo: () => boolean): Promise<void> {
    await vi.waitUntil(isSo, { timeout: 60_000, interval: 10 })
  }

  #all<Row>(query: string): Row[] {
    return this.#database.prepare<[], Row>(query).all()
  }
}
