// Owns the agent's own figures: what watching costs, and how far its clock is from the hub's.
import { seriesKey } from '@vigie/shared/metrics/series'
import { Counters } from './counters.ts'
import { readingsOf, type Readings, type Source } from './readings.ts'

const MICROSECONDS = 1e6

export interface AgentSelfOptions {
  monotonicMs(): number
  clockOffsetMs(): number | undefined
  slowdown?: (() => number) | undefined
  /** Resident memory of this process, in bytes. */
  readMemoryBytes(): number
}

/** Read last on each tick: the time since {@link AgentSelfSource.begin} is then the time spent collecting. */
export class AgentSelfSource implements Source {
  readonly name = 'agent'
  readonly #options: AgentSelfOptions
  readonly #counters = new Counters(1)
  #begunMs = NaN
  readonly #readings = readingsOf([
    seriesKey('vigie.clock.offset'),
    seriesKey('vigie.agent.cpu.utilization'),
    seriesKey('vigie.agent.memory.usage'),
    seriesKey('vigie.agent.collect.duration'),
    seriesKey('vigie.agent.slowdown'),
  ])

  constructor(options: AgentSelfOptions) {
    this.#options = options
  }

  begin(): void {
    this.#begunMs = this.#options.monotonicMs()
  }

  read(nowMs: number): Readings {
    const { values } = this.#readings
    const { user, system } = process.cpuUsage()
    this.#counters.begin(nowMs)
    values[0] = (this.#options.clockOffsetMs() ?? NaN) / 1000
    values[1] = this.#counters.rate(0, user + system) / MICROSECONDS
    values[2] = this.#options.readMemoryBytes()
    values[3] = (this.#options.monotonicMs() - this.#begunMs) / 1000
    values[4] = this.#options.slowdown?.() ?? 0
    return this.#readings
  }

  close(): void {
    this.#begunMs = NaN
  }
}
