// The daemon as a program of its own that watches the packages of the machine whose root it is given, and all else of this one,
// looks for changes of packages many times a second instead of once a minute, and leaves nothing to chance.
import { startAgent } from '../src/agent.ts'
import { systemClock } from '../src/clock/clock.ts'
import { createLogger } from '../src/cli/log.ts'
import { readIdentity } from '../src/identity/identity-file.ts'
import { readSettings } from '../src/settings.ts'

const MINUTE_MS = 60_000
const HASTY_MS = 200

const { dataDirectory, intervalMs, logLevel } = readSettings(process.env)
const identity = readIdentity(dataDirectory)
if (!identity) throw new Error('it has not joined')
const agent = await startAgent({
  identity,
  agentVersion: '0.0.0',
  intervalMs,
  logger: createLogger(logLevel),
  spool: { directory: `${dataDirectory}/spool`, limits: { maxTicks: 1000, maxBytes: 1e6 } },
  clock: {
    ...systemClock,
    setTimeout: (callback, delayMs) =>
      systemClock.setTimeout(callback, delayMs === MINUTE_MS ? HASTY_MS : delayMs),
  },
  random: () => 0,
  ...(process.argv[2] !== undefined && { root: process.argv[2] }),
})
process.once('SIGTERM', () => {
  agent.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
