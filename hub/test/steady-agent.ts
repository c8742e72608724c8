// An agent with one figure that a test decides: it ticks every second, and keeps what is not acknowledged.
import { onTestFinished } from 'vitest'
import { systemClock, type Clock } from '../src/clock.ts'
import { newKeys, TestAgent, type AgentKeys } from './test-agent.ts'

interface Tick {
  readonly timeMs: number
  readonly cpuRatio: number
}

/** The catalogue's step of a ratio. */
const STEP = 1e-4
const INTERVAL_MS = 1000

export class SteadyAgent {
  readonly name: string
  readonly keys: AgentKeys = newKeys()
  #cpuRatio = 0.1
  #agent: TestAgent | undefined
  #sent: Tick[] = []
  #newestMs = 0
  #timer: NodeJS.Timeout | undefined

  readonly #clock: Pick<Clock, 'nowMs'>

  constructor(name: string, clock: Pick<Clock, 'nowMs'> = systemClock) {
    this.name = name
    this.#clock = clock
    onTestFinished(() => this.vanish())
  }

  /** Sends again what the hub before did not acknowledge, and goes on. */
  async connect(hub: string, token?: string): Promise<void> {
    this.#agent?.socket.terminate()
    const named = { hub, keys: this.keys, hostname: this.name }
    const agent = new TestAgent({ ...named, ...(token !== undefined && { token }) })
    await agent.enter()
    const kept = this.#sent.slice(this.#agent?.framesAcknowledged ?? 0)
    this.#agent = agent
    this.#sent = []
    for (const tick of kept) this.#send(tick)
    this.#timer ??= setInterval(() => this.#tick(), INTERVAL_MS)
    this.#tick()
  }

  /** At once, and from now on. */
  measures(cpuRatio: number): void {
    this.#cpuRatio = cpuRatio
    this.#tick()
  }

  /** Resolves when everything is acknowledged. */
  async acknowledged(): Promise<void> {
    await this.#agent?.acknowledged(this.#sent.length)
  }

  /** Without a goodbye; what it measures until it connects again is lost. */
  vanish(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#agent?.socket.terminate()
  }

  #tick(): void {
    this.#newestMs = Math.max(this.#newestMs + 1, this.#clock.nowMs())
    this.#send({ timeMs: this.#newestMs, cpuRatio: this.#cpuRatio })
  }

  #send(tick: Tick): void {
    this.#sent.push(tick)
    this.#agent?.tick(tick.timeMs, [Math.round(tick.cpuRatio / STEP), 500, 1000, 42])
  }
}
