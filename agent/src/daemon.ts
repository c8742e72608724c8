// Owns the daemon: an agent at the pace that its budget allows, and what is told of it to the service manager and to
// `vigie-agent status`.
import { startAgent, type Agent, type AgentOptions } from './agent.ts'
import { Budget, type BudgetLimits } from './budget/budget.ts'
import { paceOf } from './budget/pace.ts'
import { systemClock } from './clock/clock.ts'
import { createNotifier } from './service/notify.ts'
import { forgetStanding, standingPlace, writeStanding } from './service/standing.ts'

export interface DaemonOptions extends AgentOptions {
  readonly dataDirectory: string
  readonly budget: BudgetLimits & { readonly windowMs?: number }
  readonly environment: NodeJS.ProcessEnv
}

export interface Daemon {
  /** Stops the agent; may be called once. */
  close(): Promise<void>
  /** As {@link Agent.hung}. */
  hung(): readonly string[]
}

export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { identity, agentVersion, logger, environment, clock = systemClock } = options
  const startedMs = clock.wallMs()
  const warn = (details: object, message: string): void => logger.warn(details, message)
  const place = standingPlace(environment, options.dataDirectory)
  const notifier = createNotifier({ environment, warn })
  let level = 0
  let { intervalMs } = options
  const start = (): Promise<Agent> =>
    startAgent({
      ...options,
      intervalMs,
      slowdown: () => level,
      besideFactor: () => paceOf(level, options.intervalMs).besideFactor,
    })
  let agent = await start()
  let changing = Promise.resolve()
  // A hub knows an agent's interval from its hello, so another one is another agent to it.
  const keepPace = async (): Promise<void> => {
    const pace = paceOf(level, options.intervalMs)
    if (pace.intervalMs === intervalMs) return
    intervalMs = pace.intervalMs
    await agent.close()
    agent = await start()
  }
  const budget = new Budget({
    ...options.budget,
    clock,
    onRelieved(memory) {
      if (memory.afterBytes > options.budget.maxMemoryBytes) return
      logger.info(memory, 'the agent was over its budget of memory and gave back what nobody used')
    },
    onStuck(memoryBytes) {
      warn({ memoryBytes }, 'the agent is over its budget of memory and can do with no less')
    },
    onLevel(changed, { cpuRatio, memoryBytes }) {
      const isSlower = changed > level
      level = changed
      const details = { level, ...paceOf(level, options.intervalMs), cpuRatio, memoryBytes }
      if (isSlower) warn(details, 'the agent is over its budget and slows down')
      else logger.info(details, 'the agent is within its budget again and goes faster')
      changing = changing
        .then(keepPace)
        .catch((err: unknown) => logger.error({ err }, 'the agent could not change its pace'))
    },
  })

  const alive = (): void => {
    const { isConnected, spooledTicks } = agent.standing()
    notifier.alive(`${isConnected ? 'connected' : 'away'}, ${spooledTicks} samples wait`)
  }
  const write = (): void => {
    try {
      writeStanding(place, {
        pid: process.pid,
        version: agentVersion,
        startedMs,
        writtenMs: clock.wallMs(),
        hub: identity.hubUrl,
        host: identity.name,
        intervalMs,
        slowdown: level,
        overMemoryBytes: budget.stuckBytes,
        ...agent.standing(),
      })
    } catch (err) {
      warn({ err }, 'what status shows could not be written')
    }
  }
  notifier.ready()
  write()
  const timers = [setInterval(write, place.everyMs)]
  if (notifier.everyMs !== undefined) timers.push(setInterval(alive, notifier.everyMs))

  return {
    async close() {
      notifier.stopping()
      timers.forEach(clearInterval)
      budget.close()
      await changing
      await agent.close()
      forgetStanding(place)
    },
    hung: () => agent.hung(),
  }
}
