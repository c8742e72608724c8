// Owns the mail relay of the browser tests: a real SMTP server on loopback that takes every mail, or is too busy for it.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface Relay {
  readonly url: string
  /** What it took, as it came. */
  readonly taken: readonly string[]
  /** Answers 451 to every mail. */
  isBusy: boolean
  close(): Promise<void>
}

export async function startRelay(): Promise<Relay> {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      void text(stream).then((mail) => {
        if (relay.isBusy) {
          done(Object.assign(new Error('4.7.1 try again later'), { responseCode: 451 }))
          return
        }
        taken.push(mail)
        done(null, '2.0.0 taken')
        // Who sent it went away in the middle.
      }, done)
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const relay: Relay = {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    isBusy: false,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return relay
}
