// Owns `vigie-agent run`: the daemon in the foreground, until a signal or a hub that will not have it.
import { startAgent } from '../agent.ts'
import { AgentError } from '../agent-error.ts'
import { identityPath, readIdentity } from '../identity/identity-file.ts'
import { readSettings } from '../settings.ts'
import { createLogger } from './log.ts'
import { agentVersion } from './version.ts'

/** Resolves after a clean stop; throws an AgentError when there is no identity. */
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
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => resolve())
  })
  const agent = await startAgent({
    identity,
    agentVersion: agentVersion(),
    intervalMs: settings.intervalMs,
    logger,
  })
  logger.info({ hub: identity.hubUrl, intervalMs: settings.intervalMs }, 'agent started')
  await stopped
  await agent.close()
  logger.info({}, 'agent stopped')
}
