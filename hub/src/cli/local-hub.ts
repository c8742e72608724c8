// Owns how commands that change something reach a hub: over its API, and on its own machine without a token of one's own.
import { userInfo } from 'node:os'
import { createApiTokens } from '../auth/api-tokens.ts'
import { systemClock } from '../clock.ts'
import { hubUrlOf } from '../join-command.ts'
import type { Settings } from '../settings.ts'
import { lockDirectory } from '../store/directory-lock.ts'
import { CommandError } from './command-error.ts'
import { hubApi, type HubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const TOKEN_LIFE_MS = 86_400_000

/**
 * Asks the hub that `--hub` and the environment name. Else the one that runs on this machine: who can write its database
 * may do anything, so a token is written there that ends with `work`. Throws a {@link CommandError} when none runs.
 */
export async function withRunningHub<T>(
  hub: string | undefined,
  work: (api: HubApi) => Promise<T>,
): Promise<T> {
  const named = hubApi(hub)
  if (named) return work(named)
  return withHubFiles(async ({ settings, store }) => {
    const lock = lockDirectory(settings.dataDirectory)
    if (lock) {
      lock.close()
      throw new CommandError(
        `the hub of ${settings.dataDirectory} does not run: start it, or name another with --hub`,
      )
    }
    const tokens = createApiTokens(store.db, systemClock)
    // It ends by itself where this process cannot end it any more.
    const expiresMs = systemClock.nowMs() + TOKEN_LIFE_MS
    const made = { name: personHere(), role: 'admin', isCommand: true, expiresMs } as const
    const { id, token } = await tokens.create(made)
    const endToken = (): Promise<unknown> => tokens.delete(id)
    const onSignal = (signal: NodeJS.Signals): void => {
      const leave = (): void => {
        for (const other of SIGNALS) process.off(other, onSignal)
        process.kill(process.pid, signal)
      }
      endToken().then(leave, leave)
    }
    for (const signal of SIGNALS) process.once(signal, onSignal)
    try {
      const api = hubApi(localUrl(settings), token)
      if (!api) throw new Error('a hub and a token were named')
      return await work(api)
    } finally {
      for (const signal of SIGNALS) process.off(signal, onSignal)
      await endToken()
    }
  })
}

/** Behind a proxy the way through it may not lead back here; only a certificate insists on its name. */
export function localUrl({ listen, publicUrl, tls }: Settings): string {
  return hubUrlOf({ listen, tls, publicUrl: tls ? publicUrl : undefined })
}

/** In whose name it is done. */
export function personHere(): string {
  try {
    return userInfo().username.slice(0, 64) || 'vigie'
  } catch {
    // A user id without a name, as containers have.
    return 'vigie'
  }
}
