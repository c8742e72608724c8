// Owns `vigie-agent join`: proves this machine to a hub with a single-use token and writes the identity that it gets.
import { hostname } from 'node:os'
import type { Welcome } from '@vigie/shared/protocol/agent'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { parseJoinToken, type JoinToken } from '@vigie/shared/protocol/handshake'
import { AgentError } from '../agent-error.ts'
import { systemClock } from '../clock/clock.ts'
import {
  identityPath,
  prepareDirectory,
  readIdentity,
  writeIdentity,
} from '../identity/identity-file.ts'
import { fingerprintOf, generateKeyPair, type KeyPair } from '../identity/keys.ts'
import { readBootId } from '../inventory/inventory.ts'
import { Connection, type ConnectionEnd, type Introduction } from '../link/connection.ts'
import { agentUrl, isReadableOnTheWay } from '../link/hub-url.ts'
import { readSettings } from '../settings.ts'
import { agentVersion } from './version.ts'

export interface JoinOptions {
  readonly url: string
  readonly token: string
  readonly name?: string
  readonly force?: boolean
  readonly environment: NodeJS.ProcessEnv
}

/** Enrols this machine. Throws an AgentError when the hub or the data directory will not have it. */
export async function join(options: JoinOptions): Promise<void> {
  const { dataDirectory, intervalMs } = readSettings(options.environment)
  const url = agentUrl(options.url)
  const token = parseJoinToken(options.token)
  if (!token) {
    throw new AgentError('that is not a join token; paste the whole of it, from "vigie." on', {
      exitCode: 2,
    })
  }
  refuseSecondIdentity(dataDirectory, options.force ?? false)
  // Before the token is spent: a directory that cannot be written would waste it.
  prepareDirectory(dataDirectory)
  if (isReadableOnTheWay(url)) {
    process.stderr.write(
      `vigie-agent: ${url.host} is reached without TLS: what is sent can be read on the way\n`,
    )
  }
  const keys = generateKeyPair()
  const introduction: Introduction = {
    bootId: await readBootId(),
    hostname: options.name ?? hostname(),
    agentVersion: agentVersion(),
    intervalMs,
  }
  const { hubFingerprint } = token
  const { publicKey, privateKey } = keys
  const identity = { hubUrl: url.href, hubFingerprint, publicKey, privateKey }
  await enrol({ url, token, keys, introduction }, (welcome) => {
    const { hostId, name } = welcome ?? { hostId: null, name: introduction.hostname }
    writeIdentity(dataDirectory, { ...identity, hostId, name })
    process.stdout.write(
      welcome
        ? `joined as ${name}\n`
        : `${name} waits until an administrator approves it at ${url.host}, its key ${fingerprintOf(publicKey)}; what it measures until then is kept\n`,
    )
  })
}

function refuseSecondIdentity(dataDirectory: string, force: boolean): void {
  if (force) return
  const existing = readIdentity(dataDirectory)
  if (!existing) return
  throw new AgentError(
    `this machine has joined ${existing.hubUrl} as ${existing.name} (${identityPath(dataDirectory)}); ` +
      'use --force to replace that',
  )
}

interface Enrolling {
  readonly url: URL
  readonly token: JoinToken
  readonly keys: KeyPair
  readonly introduction: Introduction
}

/** The token is spent when `onTaken` is called: without a welcome the machine has to be approved first. */
function enrol(
  enrolling: Enrolling,
  onTaken: (welcome: Welcome | undefined) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: unknown
    const take = (welcome?: Welcome): void => {
      try {
        onTaken(welcome)
      } catch (error) {
        failure = error
      }
    }
    const connection = new Connection({
      ...enrolling,
      hubFingerprint: enrolling.token.hubFingerprint,
      clock: systemClock,
      onWelcome: (welcome) => {
        take(welcome)
        connection.send({ type: 'bye', reason: 'joined' })
        connection.close()
      },
      onAck: () => undefined,
      onClock: () => undefined,
      onEnd: (end) => {
        const isWaiting = end.code === CLOSE.awaitingApproval.code
        if (isWaiting) take()
        if (failure instanceof Error) reject(failure)
        else if (end.wasWelcome || isWaiting) resolve()
        else reject(new AgentError(explain(enrolling.url, end), { cause: end }))
      },
    })
  })
}

function explain(url: URL, end: ConnectionEnd): string {
  if (end.code === CLOSE.abnormal.code) {
    const cause = end.detail || 'no answer'
    if (/certificate/i.test(cause)) {
      return (
        `${url.host} shows a certificate that is not trusted here (${cause}); check the address, ` +
        'or name a file with its authority in NODE_EXTRA_CA_CERTS for join and run'
      )
    }
    return `no hub at ${url.href} (${cause}); check the address and that the hub runs`
  }
  return `the hub at ${url.host} and this agent did not agree: ${end.detail || end.meaning}`
}
