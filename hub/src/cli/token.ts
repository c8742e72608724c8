// Owns `vigie token …`: API tokens, of the hub that is named or of the one on this machine, whether it runs or not.
import { ApiToken, Role, type ApiTokenList, type TokenMade } from '@vigie/shared/api/token'
import { Value } from 'typebox/value'
import { createApiTokens } from '../auth/api-tokens.ts'
import { systemClock } from '../clock.ts'
import { checkedTags } from './checked-tags.ts'
import { CommandError } from './command-error.ts'
import { hubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'
import { withRunningHub } from './local-hub.ts'
import { noteCommand } from './note-command.ts'
import { parseSpan } from './times.ts'

export interface TokenOptions {
  readonly name: string
  readonly role: string
  readonly tag?: readonly string[]
  readonly expires?: string
  readonly hub?: string
}

const MAX_LIFE_MS = 366 * 86_400_000

/** A hub that runs takes the token at once. Throws a {@link CommandError} for what no token may have. */
export async function createToken(options: TokenOptions): Promise<TokenMade> {
  const { name, role, tag, expires, hub } = options
  if (!Value.Check(Role, role)) throw usage(`"${role}" is not a role: viewer or admin`)
  if (!Value.Check(ApiToken.properties.name, name)) {
    throw usage('a token needs a name of 1 to 64 characters')
  }
  const lifeMs = expires === undefined ? null : parseSpan(expires)
  if (lifeMs === undefined || (lifeMs ?? 0) > MAX_LIFE_MS) {
    throw usage(`--expires is "${expires ?? ''}": a number and a unit up to a year, such as 90d`)
  }
  const draft = {
    name,
    role,
    hostTags: tag === undefined ? null : checkedTags(tag),
    expiresMs: lifeMs === null ? null : Date.now() + lifeMs,
  }
  const api = hubApi(hub)
  if (api) return (await api.post('/api/v1/tokens', draft)) as TokenMade
  return withHubFiles(async ({ store }) => {
    const made = await createApiTokens(store.db, systemClock).create(draft)
    await noteCommand(store, { action: 'token.create', target: name, detail: `role: ${role}` })
    return made
  })
}

export function listTokens(hub: string | undefined): Promise<ApiToken[]> {
  return withRunningHub(hub, async (api) => {
    return ((await api.get('/api/v1/tokens')) as ApiTokenList).items
  })
}

export function endToken(written: string, hub: string | undefined): Promise<ApiToken> {
  return withRunningHub(hub, async (api) => {
    const { items } = (await api.get('/api/v1/tokens')) as ApiTokenList
    const found = items.filter(({ id, name }) => id === written || name === written)
    const [token] = found
    if (!token || found.length > 1) {
      throw new CommandError(
        token
          ? `${found.length} tokens are named "${written}": say the id, as "vigie token list" shows it`
          : `there is no token "${written}": "vigie token list" shows which there are`,
      )
    }
    await api.end(`/api/v1/tokens/${token.id}`)
    return token
  })
}

function usage(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 })
}
