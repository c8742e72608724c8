// Owns `vigie enrol`: an invitation, asked of a hub or written straight to its database on this machine.
import { EnrolmentRequest, type Enrolment } from '@vigie/shared/api/enrolment'
import { Value } from 'typebox/value'
import { createAgentDownloads } from '../agent-download/agent-downloads.ts'
import { systemClock } from '../clock.ts'
import { createEnrolments } from '../ingest/enrolments.ts'
import { hubUrlOf, joinCommands } from '../join-command.ts'
import { apiSource } from './api-source.ts'
import { CommandError } from './command-error.ts'
import { storedHostId, termsOf, type EnrolOptions } from './enrol-terms.ts'
import { hubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'
import { namedHost } from './named-host.ts'
import { noteCommand } from './note-command.ts'

export interface Invitation {
  readonly token: string
  readonly command: string
  readonly windowsCommand: string | null
  readonly platforms: readonly string[]
  readonly isLoopback: boolean
  readonly expiresAtMs: number
}

/** What else whoever pastes it should know, a line each. */
export function besides(invitation: Invitation): string[] {
  const { command, windowsCommand, platforms, isLoopback } = invitation
  const port = /:(\d+)[\s/]/.exec(command)?.[1] ?? '4280'
  return [
    ...(windowsCommand === null
      ? []
      : [`Windows, PowerShell as administrator:\n\n  ${windowsCommand}\n`]),
    ...(platforms.length > 0
      ? []
      : [
          'That is for a machine with these sources. For any other, make the executable here first: npm run package',
        ]),
    ...(isLoopback
      ? [
          'This hub listens on its own machine only. Another one reaches it while this runs here: ' +
            `ssh -N -R ${port}:127.0.0.1:${port} THE-NEW-MACHINE; for good, set VIGIE_PUBLIC_URL and VIGIE_LISTEN`,
        ]
      : []),
  ]
}

/**
 * Asks the hub that `--hub` and the environment name, or writes to its files here; a hub that runs sees that at once.
 * Throws a {@link CommandError} for a name that no host may have.
 */
export async function enrol(options: EnrolOptions): Promise<Invitation> {
  const { name, host, hub } = options
  const request: EnrolmentRequest = { ...(name !== undefined && { name }), ...termsOf(options) }
  if (!Value.Check(EnrolmentRequest, request)) {
    throw new CommandError(
      `"${name ?? ''}" is not a name for a host: up to 64 characters, no spaces and no slash`,
      { exitCode: 2 },
    )
  }
  const api = hubApi(hub)
  if (api) {
    if (host !== undefined) request.hostId = namedHost(await apiSource(api).hosts(), host).id
    const made = (await api.post('/api/v1/enrolments', request)) as Enrolment
    const { token, command, windowsCommand, platforms, isLoopback, expiresAtMs } = made
    return { token, command, windowsCommand, platforms, isLoopback, expiresAtMs }
  }
  return withHubFiles(async ({ settings, store, identity }) => {
    const enrolments = createEnrolments({
      keeper: store.enrolments,
      hubFingerprint: identity.fingerprint,
      clock: systemClock,
    })
    if (host !== undefined) request.hostId = await storedHostId(store, host)
    const { token, expiresAtMs } = await enrolments.create(request)
    await noteCommand(store, { action: 'host.invite', target: name ?? host ?? null, detail: null })
    const downloads = createAgentDownloads(settings.agentsDirectory)
    const commands = await joinCommands(hubUrlOf(settings), token, downloads)
    return { token, ...commands, expiresAtMs }
  })
}
