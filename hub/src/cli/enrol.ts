// Owns `vigie enrol`: an invitation, asked of a hub or written straight to its database on this machine.
import { EnrolmentRequest, type Enrolment } from '@vigie/shared/api/enrolment'
import { Value } from 'typebox/value'
import { systemClock } from '../clock.ts'
import { createEnrolments } from '../ingest/enrolments.ts'
import { hubUrlOf, joinCommand } from '../join-command.ts'
import { CommandError } from './command-error.ts'
import { hubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'

export interface Invitation {
  readonly token: string
  readonly command: string
  readonly expiresAtMs: number
}

/**
 * Asks the hub that `--hub` and the environment name, or writes to its files here; a hub that runs sees that at once.
 * Throws a {@link CommandError} for a name that no host may have.
 */
export async function enrol({ name, hub }: { name?: string; hub?: string }): Promise<Invitation> {
  const request = name === undefined ? {} : { name }
  if (!Value.Check(EnrolmentRequest, request)) {
    throw new CommandError(
      `"${name ?? ''}" is not a name for a host: up to 64 characters, no spaces and no slash`,
      { exitCode: 2 },
    )
  }
  const api = hubApi(hub)
  if (api) {
    const made = (await api.post('/api/v1/enrolments', request)) as Enrolment
    return { token: made.token, command: made.command, expiresAtMs: made.expiresAtMs }
  }
  return withHubFiles(async ({ settings, store, identity }) => {
    const enrolments = createEnrolments({
      keeper: store.enrolments,
      hubFingerprint: identity.fingerprint,
      clock: systemClock,
    })
    const { token, expiresAtMs } = await enrolments.create(request)
    return { token, command: joinCommand(hubUrlOf(settings), token), expiresAtMs }
  })
}
