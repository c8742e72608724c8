// An agent that never tires: it keeps what is not acknowledged, and sends it again on the next connection.
import { newKeys, TestAgent, type AgentKeys } from './test-agent.ts'

/** Ticks that an agent has under way at once. */
export const WINDOW = 100

const HOUR_S = 3600
const HOURS_AT_ONCE = 3
const FIRST_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 86_400_000

/**
 * The time of a tick by its number. Hours of yesterday, three of them filling at once, second after second: while one is
 * sealed there is always more to come for it.
 */
export function timeOf(index: number): number {
  const perGroup = HOUR_S * HOURS_AT_ONCE
  const inGroup = index % perGroup
  const hour = Math.floor(index / perGroup) * HOURS_AT_ONCE + (inGroup % HOURS_AT_ONCE)
  return FIRST_MS + (hour * HOUR_S + Math.floor(inGroup / HOURS_AT_ONCE)) * 1000
}

export class LoadAgent {
  readonly keys: AgentKeys = newKeys()
  /** When each tick was acknowledged, by its number, in nanoseconds of the clock that all processes share. */
  readonly acknowledged = new Map<number, bigint>()
  hostId = 0
  made = 0
  #unacknowledged: number[] = []

  /** Makes ticks and sends them, until the hub is gone. */
  async load(hub: string): Promise<void> {
    const { deliver } = await this.#connect(hub)
    for (;;) {
      while (this.#unacknowledged.length < WINDOW) this.#unacknowledged.push(this.made++)
      await deliver()
    }
  }

  /** Delivers what is not acknowledged and `more` new ticks, to the last one. */
  async finish(hub: string, more: number, token?: string): Promise<void> {
    const { agent, deliver } = await this.#connect(hub, token)
    for (let count = 0; count < more; count++) this.#unacknowledged.push(this.made++)
    while (this.#unacknowledged.length > 0) await deliver()
    await agent.close()
  }

  /** `deliver` sends what was not sent on this connection, and waits for the next acknowledgement. */
  async #connect(hub: string, token?: string) {
    const agent = new TestAgent({ hub, keys: this.keys, ...(token !== undefined && { token }) })
    this.hostId = (await agent.enter()).hostId
    const sent: number[] = []
    let frames = 0
    const deliver = async (): Promise<void> => {
      for (const index of this.#unacknowledged.slice(sent.length - frames)) {
        sent.push(index)
        agent.tick(timeOf(index), [index, 1, 2, 3])
      }
      await agent.acknowledged(frames + 1)
      const nowNs = process.hrtime.bigint()
      for (; frames < agent.framesAcknowledged; frames++) {
        this.acknowledged.set(sent[frames] ?? NaN, nowNs)
        this.#unacknowledged.shift()
      }
    }
    return { agent, deliver }
  }
}

export function acknowledgedBy(agents: readonly LoadAgent[]): number {
  return agents.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
}

/** Loads a hub from all agents at once, until `count` more ticks are acknowledged; `end` then has to end the hub. */
export async function loadUntil(
  hub: string,
  agents: readonly LoadAgent[],
  count: number,
  end: () => Promise<unknown>,
): Promise<void> {
  const wanted = acknowledgedBy(agents) + count
  const load = Promise.allSettled(agents.map((agent) => agent.load(hub)))
  const ended = load.then((outcomes) => {
    throw new Error(`the load ended by itself: ${JSON.stringify(outcomes)}`)
  })
  const reached = async (): Promise<void> => {
    while (acknowledgedBy(agents) < wanted) await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.race([reached(), ended])
  // From here on the load is to end.
  ended.catch(() => undefined)
  await end()
  await load
}
