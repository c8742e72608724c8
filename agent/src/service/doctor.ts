// Owns `vigie-agent doctor`: what the agent's user can and cannot read here, and whether its hub, its clock and its disk are
// as they should be. Exit status 1 when something is bad.
import { statfsSync } from 'node:fs'
import { readIdentity, type Identity } from '../identity/identity-file.ts'
import { AgentError } from '../agent-error.ts'
import { readSettings, type Settings } from '../settings.ts'
import { findingLines, good, type Finding } from './findings.ts'
import { thisMachine, type Machine } from './machine.ts'
import { reachability } from './reachability.ts'
import { readableSources } from './readable-sources.ts'
import { ANYBODY, readerOf, type Reader } from './reader.ts'
import { serviceManagerOf, type ServiceManager } from './service-manager.ts'
import { overMemory, readStanding } from './standing.ts'

export interface DoctorOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly isJson?: boolean
  readonly machine?: Machine
}

export async function doctor({
  environment,
  isJson,
  machine = thisMachine,
}: DoctorOptions): Promise<void> {
  const manager = managerOf(machine)
  const isService = (await manager?.state())?.isInstalled ?? false
  const settings = readSettings({
    ...environment,
    ...(isService && manager && { VIGIE_AGENT_DATA: manager.dataDirectory }),
  })
  const settingsFile = (isService && manager?.settingsFile) || 'its environment'
  const findings: Finding[] = []
  if (machine.platform === 'linux') {
    const { reader, words } = whoReads(isService)
    findings.push(good('read by', words))
    findings.push(...readableSources({ root: machine.root, reader, manager: manager?.name }))
  }
  const identity = identityIn(settings, findings)
  if (identity) findings.push(...(await reachability(identity.hubUrl, settingsFile)))
  findings.push(...room(settings), ...memory(settings, isService, settingsFile))
  const isBad = findings.some(({ is }) => is === 'bad')
  if (isBad) process.exitCode = 1
  process.stdout.write(
    isJson
      ? `${JSON.stringify({ isWell: !isBad, findings })}\n`
      : `${findings.flatMap(findingLines).join('\n')}\n`,
  )
}

function managerOf(machine: Machine): ServiceManager | undefined {
  try {
    return serviceManagerOf(machine)
  } catch (error) {
    if (error instanceof AgentError) return undefined
    throw error
  }
}

// Of the service, when there is one: root, who asks, can read everything and would learn nothing.
function whoReads(isService: boolean): { reader: Reader; words: string } {
  const pid = isService ? readStanding('/run/vigie-agent')?.pid : undefined
  const running = pid === undefined ? undefined : readerOf(pid)
  if (running) return { reader: running, words: `the service, user ${running.uid}` }
  if (isService) return { reader: ANYBODY, words: 'the service, which does not run: as anybody' }
  const own = readerOf('self') ?? ANYBODY
  return { reader: own, words: `user ${own.uid}, who asks: there is no service` }
}

function identityIn({ dataDirectory }: Settings, findings: Finding[]): Identity | undefined {
  try {
    const identity = readIdentity(dataDirectory)
    findings.push(
      identity
        ? good('identity', `${identity.name} at ${identity.hubUrl}`)
        : {
            about: 'identity',
            is: 'bad',
            why: `this machine has joined no hub (${dataDirectory})`,
            fix: 'vigie-agent join URL TOKEN, with a token that the hub made',
          },
    )
    return identity
  } catch (error) {
    if (!(error instanceof AgentError)) throw error
    findings.push({ about: 'identity', is: 'unknown', why: error.message })
    return undefined
  }
}

// Only of an agent that runs: what another one would need is not known.
function memory(settings: Settings, isService: boolean, settingsFile: string): Finding[] {
  const standing =
    (isService && readStanding('/run/vigie-agent')) || readStanding(settings.dataDirectory)
  if (!standing?.overMemoryBytes) return []
  const fix = `raise VIGIE_AGENT_MAX_MEMORY, in ${settingsFile}`
  return [{ about: 'memory', is: 'lack', why: overMemory(standing.overMemoryBytes), fix }]
}

// Room for what is kept while the hub is away.
function room({ dataDirectory, spool: { maxBytes } }: Settings): Finding[] {
  const about = `disk of ${dataDirectory}`
  try {
    const { bavail, bsize } = statfsSync(dataDirectory)
    const freeBytes = bavail * bsize
    const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`
    if (freeBytes >= maxBytes) return [good(about, `${megabytes(freeBytes)} free`)]
    const why = `${megabytes(freeBytes)} free, and up to ${megabytes(maxBytes)} may wait for the hub`
    return [{ about, is: 'lack', why, fix: 'make room, or set VIGIE_AGENT_SPOOL_SIZE smaller' }]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    return [
      { about, is: 'unknown', why: `cannot be asked (${code ?? 'unknown'}); run doctor with sudo` },
    ]
  }
}
