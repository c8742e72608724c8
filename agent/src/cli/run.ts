// Owns `vigie-agent run`: the daemon in the foreground, until a signal or a hub that will not have it.
import { join } from 'node:path'
import { AgentError } from '../agent-error.ts'
import { startDaemon } from '../daemon.ts'
import { identityPath, readIdentity } from '../identity/identity-file.ts'
import { lockDirectory } from '../directory-lock.ts'
import { readSettings } from '../settings.ts'
import { endBySignal } from './last-resort.ts'
import { createLogger } from './log.ts'
import { agentVersion } from './version.ts'

/** `root`, that of the machine (see AgentOptions), and how long a budget is watched are for tests. */
export interface RunOptions {
  readonly root?: string | undefined
  readonly budgetWindowMs?: number
  /** Stops it as a signal does. */
  readonly stop?: AbortSignal
}

/** Resolves after a clean stop; throws an AgentError when there is no identity. */
export async function run(
  environment: NodeJS.ProcessEnv,
  { root, budgetWindowMs, stop }: RunOptions = {},
): Promise<void> {
  const settings = readSettings(environment)
  const identity = readIdentity(settings.dataDirectory)
  if (!identity) {
    const path = identityPath(settings.dataDirectory)
    throw new AgentError(
      `no identity at ${path}; make a token at the hub and run: vigie-agent join URL TOKEN`,
    )
  }
  const logger = createLogger(settings.logLevel)
  const lock = lockDirectory(settings.dataDirectory, logger)
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => resolve())
    stop?.addEventListener('abort', () => resolve())
  })
  const agent = await startDaemon({
    identity,
    agentVersion: agentVersion(),
    intervalMs: settings.intervalMs,
    spool: {
      directory: join(settings.dataDirectory, 'spool'),
      limits: {
        maxTicks: Math.ceil(settings.spool.spanMs / settings.intervalMs),
        maxBytes: settings.spool.maxBytes,
      },
    },
    budget: {
      ...settings.budget,
      ...(budgetWindowMs !== undefined && { windowMs: budgetWindowMs }),
    },
    dataDirectory: settings.dataDirectory,
    environment,
    logger,
    ...(root !== undefined && { root }),
  })
  logger.info({ hub: identity.hubUrl, intervalMs: settings.intervalMs }, 'agent started')
  await stopped
  await agent.close()
  lock?.close()
  logger.info({}, 'agent stopped')
  endBySignal(() => {
    const hung = agent.hung()
    logger.warn(
      { hung },
      'what was asked of the kernel never returned: the process is ended by a signal',
    )
  })
}
