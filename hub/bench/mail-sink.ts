// Owns a relay that takes every mail at once, and when it did.
import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

export interface SunkMail {
  readonly acceptedMs: number
  readonly text: string
}

/** Emits `mail` for each. */
export class MailSink extends EventEmitter {
  readonly mails: SunkMail[] = []
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    // Longer than a bench lets a connection rest.
    socketTimeout: 600_000,
    onData: (stream, _, callback) => void this.#take(stream, callback),
  })

  static async start(): Promise<MailSink> {
    const sink = new MailSink()
    sink.#server.listen(0, '127.0.0.1')
    await once(sink.#server.server, 'listening')
    return sink
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  /** Resolves when this is so of the mails so far. */
  async until(isSo: (mails: readonly SunkMail[]) => boolean): Promise<void> {
    while (!isSo(this.mails)) await once(this, 'mail')
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #take(stream: SMTPServerDataStream, callback: () => void): Promise<void> {
    let raw
    try {
      raw = await buffer(stream)
    } catch {
      // The hub went away in the middle of it, and sends it again.
      return
    }
    const acceptedMs = Date.now()
    callback()
    const { text = '' } = await simpleParser(raw)
    this.mails.push({ acceptedMs, text })
    this.emit('mail')
  }
}
