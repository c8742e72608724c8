// Owns `vigie-agent run`: the daemon in the foreground, until a signal or a hub that will not have it.
import { startAgent } from '../agent.ts'
import { AgentError } from '../agent-error.ts'
import { identityPath, readIdentity } from '../identity/identity-file.ts'
import type { ConnectionEnd } from '../link/connection.ts'
import { readSettings } from '../settings.ts'
import { createLogger } from './log.ts'
import { agentVersion } from './version.ts'

/** Resolves after a clean stop; throws an AgentError when there is no identity or the hub refuses it for good. */
export async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(environment)
  const identity = readIdentity(settings.dataDirectory)
  if (!identity) {
    const path = identityPath(settings.dataDirectory)
    throw new AgentError(
      `no identity at ${path}; make a token at the hub and run: vigie-agent join URL TOKEN`,
    )
  }
  const logger = createLogger(settings.logLevel)
  const over = Promise.withResolvers<ConnectionEnd | undefined>()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => over.resolve(undefined))
  }
  const agent = await startAgent({
    identity,
    agentVersion: agentVersion(),
    intervalMs: settings.intervalMs,
    logger,
    onRefused: over.resolve,
  })
  logger.info({ hub: identity.hubUrl, intervalMs: settings.intervalMs }, 'agent started')
  const refusal = await over.promise
  await agent.close()
  if (refusal) {
    throw new AgentError(
      `the hub closed for good (${refusal.code} ${refusal.name}): ${refusal.meaning}`,
    )
  }
  logger.info({}, 'agent stopped')
}
