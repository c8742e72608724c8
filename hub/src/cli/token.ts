// Owns `vigie token create`: an API token, written straight to the database of the hub on this machine.
import { ApiToken, Role } from '@vigie/shared/api/token'
import { Value } from 'typebox/value'
import { createApiTokens } from '../auth/api-tokens.ts'
import { systemClock } from '../clock.ts'
import { CommandError } from './command-error.ts'
import { withHubFiles } from './hub-files.ts'

/** A hub that runs takes the token at once. Throws a {@link CommandError} for a name or a role that none may have. */
export function createToken(name: string, role: string): Promise<{ id: string; token: string }> {
  if (!Value.Check(Role, role)) {
    throw new CommandError(`"${role}" is not a role: viewer or admin`, { exitCode: 2 })
  }
  if (!Value.Check(ApiToken.properties.name, name)) {
    throw new CommandError('a token needs a name of 1 to 64 characters', { exitCode: 2 })
  }
  return withHubFiles(({ store }) => createApiTokens(store.db, systemClock).create({ name, role }))
}
