// Owns `vigie enrol`: an invitation, written straight to the database of the hub on this machine.
import { EnrolmentRequest } from '@vigie/shared/api/enrolment'
import { Value } from 'typebox/value'
import { systemClock } from '../clock.ts'
import { createEnrolments } from '../ingest/enrolments.ts'
import { hubUrlOf, joinCommand } from '../join-command.ts'
import { CommandError } from './command-error.ts'
import { withHubFiles } from './hub-files.ts'

export interface Invitation {
  readonly token: string
  readonly command: string
  readonly expiresAtMs: number
}

/** A hub that runs sees the invitation at once. Throws a {@link CommandError} for a name that no host may have. */
export function enrol(name: string | undefined): Promise<Invitation> {
  const request = name === undefined ? {} : { name }
  if (!Value.Check(EnrolmentRequest, request)) {
    throw new CommandError(
      `"${name ?? ''}" is not a name for a host: up to 64 characters, no spaces and no slash`,
      { exitCode: 2 },
    )
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
