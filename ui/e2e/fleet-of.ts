// Owns a fleet that is larger than the machine that runs the test: agents that speak the protocol over real sockets.
import type { Page } from '@playwright/test'
import { KEYS, TestAgent } from '../../hub/test/test-agent.ts'
import type { Stack } from './stack.ts'

const AT_ONCE = 50

interface FleetOptions {
  /** What the host with this number measures, in the order of the test agent's series and in steps. */
  readonly valuesOf?: (number: number, timeMs: number) => readonly number[]
  /** How many seconds before now each of them hands over when it has joined. */
  readonly pastS?: number
}

/** Invites, joins and keeps ticking `count` agents named `node-0001` and on; the answer ends them. */
export async function fleetOf(
  count: number,
  stack: Stack,
  page: Page,
  { valuesOf, pastS = 0 }: FleetOptions = {},
): Promise<() => void> {
  const agents: TestAgent[] = []
  for (let first = 1; first <= count; first += AT_ONCE) {
    const numbers = Array.from(
      { length: Math.min(AT_ONCE, count - first + 1) },
      (_, n) => first + n,
    )
    agents.push(...(await Promise.all(numbers.map((number) => join(number, stack, page)))))
  }
  const second = () => Math.floor(Date.now() / 1000) * 1000
  const startMs = second() - pastS * 1000
  if (pastS > 0 && valuesOf) {
    for (const [index, agent] of agents.entries()) {
      const ticks = Array.from({ length: pastS }, (_, at) =>
        valuesOf(index + 1, startMs + at * 1000),
      )
      agent.sendBlock({
        revision: agent.revision,
        startMs,
        stepMs: 1000,
        present: new Uint8Array(pastS).fill(1),
        values: Float64Array.from(
          KEYS.flatMap((_, series) => ticks.map((tick) => tick[series] ?? NaN)),
        ),
      })
    }
  }
  const tick = () => {
    const timeMs = second()
    for (const [index, agent] of agents.entries()) agent.tick(timeMs, valuesOf?.(index + 1, timeMs))
  }
  tick()
  const timer = setInterval(tick, 1000)
  return () => {
    clearInterval(timer)
    for (const agent of agents) agent.socket.terminate()
  }
}

async function join(number: number, stack: Stack, page: Page): Promise<TestAgent> {
  const name = `node-${String(number).padStart(4, '0')}`
  const answer = await page.request.post(`${stack.url}/api/v1/enrolments`, {
    data: { name },
    headers: { origin: stack.url },
  })
  const { token } = (await answer.json()) as { token: string }
  const agent = new TestAgent({ hub: stack.url, token, hostname: name })
  await agent.enter()
  return agent
}
