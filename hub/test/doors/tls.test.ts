// The hub's own certificate: what is spoken with it, and how it is renewed while people are connected.
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, renameSync, symlinkSync } from 'node:fs'
import { Agent, get } from 'node:https'
import { text } from 'node:stream/consumers'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { join } from 'node:path'
import { AGENT_PROTOCOLS } from '@vigie/shared/protocol/version'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { readCertificate } from '../../src/tls/certificate-files.ts'
import { listeningLog, startHub, tempDirectory } from '../test-hub.ts'

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures/tls', name)
const ca = ['first', 'second'].map((name) => readFileSync(fixture(`${name}.pem`)))
const EAGER = { limits: { lookForCertificateEveryMs: 20 } }

async function hubWith(name: string, certificate = { cert: `${name}.pem`, key: `${name}.key` }) {
  const log = listeningLog()
  const tls = { certFile: fixture(certificate.cert), keyFile: fixture(certificate.key) }
  return { log, hub: await startHub({ tls, log: log.log, ...EAGER }) }
}

async function connected(address: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { port } = new URL(address)
  const socket = connect({ host: '127.0.0.1', port: Number(port), ca, ...options })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'secureConnect')
  return socket
}

const ownerOf = (socket: TLSSocket): unknown => socket.getPeerCertificate().subject.CN

it('speaks TLS 1.2 and newer, and has browsers come by it from then on', async () => {
  const { hub } = await hubWith('first')
  expect(hub.address).toMatch(/^https:/)
  const ciphers = 'DEFAULT@SECLEVEL=0'
  const old = connected(hub.address, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers })
  await expect(old).rejects.toThrow(/alert/)
  const socket = await connected(hub.address, { maxVersion: 'TLSv1.2' })
  expect(socket.getProtocol()).toBe('TLSv1.2')
  const [response] = (await once(
    get(`${hub.address}/healthz`, { ca, agent: new Agent() }),
    'response',
  )) as [import('node:http').IncomingMessage]
  expect(response.headers['strict-transport-security']).toBe('max-age=31536000')
  expect(await text(response)).toBe('{"status":"ok"}')
})

it('takes renewed files when they are a pair, and drops nobody', async () => {
  // As certbot has it: names that never change lead to files that do, one after the other.
  const live = await tempDirectory()
  const swap = (file: string, target: string): void => {
    symlinkSync(fixture(target), join(live, 'next'))
    renameSync(join(live, 'next'), join(live, file))
  }
  swap('cert.pem', 'first.pem')
  swap('key.pem', 'first.key')
  const log = listeningLog()
  const tls = { certFile: join(live, 'cert.pem'), keyFile: join(live, 'key.pem') }
  const hub = await startHub({ tls, log: log.log, ...EAGER })
  const agent = new WebSocket(`${hub.address.replace('https', 'wss')}/agent`, AGENT_PROTOCOLS[0], {
    ca,
  })
  onTestFinished(() => agent.terminate())
  await once(agent, 'open')
  expect(ownerOf(await connected(hub.address))).toBe('first')

  swap('cert.pem', 'second.pem')
  await log.says('keeps the certificate that it has: the key in')
  expect(ownerOf(await connected(hub.address))).toBe('first')

  swap('key.pem', 'second.key')
  await log.says('took the renewed certificate')
  expect(ownerOf(await connected(hub.address))).toBe('second')
  const pong = once(agent, 'pong')
  agent.ping()
  await pong
  expect(agent.readyState).toBe(WebSocket.OPEN)
  expect(log.lines.filter((line) => line.includes('keeps the certificate'))).toHaveLength(1)
})

it('says in time that it ends', async () => {
  const { hub } = await hubWith('ending')
  const [problem] = hub.state.problems()
  expect(problem?.kind).toBe('certificate-expiring')
  expect(problem?.detail).toMatch(/ending\.pem ends on 2026-12-\d\d: renew it/)
  const endMs = new X509Certificate(readFileSync(fixture('ending.pem'))).validToDate.getTime()
  expect(await hub.registry.metrics()).toContain(
    `vigie_tls_certificate_expires_timestamp_seconds ${endMs / 1000}`,
  )
  expect(await hub.registry.metrics()).toContain('vigie_problem{kind="certificate-expiring"} 1')
})

describe('files that are no certificate and its key are refused in a line that says which', () => {
  it.each([
    ['none.pem', 'first.key', /^VIGIE_TLS_CERT is .*none\.pem, and there is no such file: name/],
    ['first.pem', '..', /^VIGIE_TLS_KEY is .*, and it cannot be read \(EISDIR\): name a file/],
    ['README.md', 'first.key', /^VIGIE_TLS_CERT is .*README\.md, which holds no certificate: PEM/],
    ['first.pem', 'README.md', /^VIGIE_TLS_KEY is .*README\.md, which holds no key/],
    ['first.pem', 'locked.key', /^VIGIE_TLS_KEY is .*locked\.key, which .* without a passphrase/],
    ['first.pem', 'second.key', /second\.key is not that of the certificate in .*first\.pem: set/],
  ])('%s and %s', async (cert, key, words) => {
    const reading = readCertificate({ certFile: fixture(cert), keyFile: fixture(key) })
    const message = await reading.then(
      () => 'it was taken',
      (error: unknown) => (error as Error).message,
    )
    expect(message).toMatch(words)
    expect(message).not.toContain('\n')
  })
})
