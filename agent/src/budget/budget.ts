// Owns the agent's watch over itself: above its budget of CPU or memory it slows down by a level, and well below it for a
// while it goes back by one.
import type { Clock } from '../clock/clock.ts'
import { MOST_SLOWED } from './pace.ts'

export interface BudgetLimits {
  /** Share of one core, over a window. */
  readonly maxCpuRatio: number
  readonly maxMemoryBytes: number
}

export interface Cost {
  /** CPU time of the process since it began, in ms. */
  readonly cpuMs: number
  readonly memoryBytes: number
}

export interface BudgetOptions extends BudgetLimits {
  readonly clock: Clock
  /** How long a cost is watched before it is judged; a minute unless a test is in a hurry. */
  readonly windowMs?: number
  readonly cost?: () => Cost
  readonly onLevel: (level: number, why: Measured) => void
}

export interface Measured {
  readonly cpuRatio: number
  readonly memoryBytes: number
}

const WINDOW_MS = 60_000
/** Below these parts of the budget, for so many windows, there is room to go faster. */
const WELL = { cpu: 0.5, memory: 0.9, windows: 5 }

/** Has a timer; {@link Budget.close} ends it. */
export class Budget {
  readonly #options: BudgetOptions
  readonly #windowMs: number
  readonly #cost: () => Cost
  #cancel: () => void = () => undefined
  #beganMs = 0
  #beganCpuMs = 0
  #level = 0
  #wellWindows = 0
  // The window in which the agent began costs what starting costs, and is not judged.
  #isWarm = false

  constructor(options: BudgetOptions) {
    this.#options = options
    this.#windowMs = options.windowMs ?? WINDOW_MS
    this.#cost = options.cost ?? ownCost
    this.#begin()
  }

  get level(): number {
    return this.#level
  }

  close(): void {
    this.#cancel()
  }

  #begin(): void {
    const { clock } = this.#options
    this.#beganMs = clock.monotonicMs()
    this.#beganCpuMs = this.#cost().cpuMs
    this.#cancel = clock.setTimeout(() => this.#judge(), this.#windowMs)
  }

  #judge(): void {
    const { clock, maxCpuRatio, maxMemoryBytes, onLevel } = this.#options
    const { cpuMs, memoryBytes } = this.#cost()
    const cpuRatio = (cpuMs - this.#beganCpuMs) / (clock.monotonicMs() - this.#beganMs)
    const before = this.#level
    if (!this.#isWarm) this.#isWarm = true
    else if (cpuRatio > maxCpuRatio || memoryBytes > maxMemoryBytes) {
      this.#level = Math.min(before + 1, MOST_SLOWED)
      this.#wellWindows = 0
    } else if (cpuRatio < WELL.cpu * maxCpuRatio && memoryBytes < WELL.memory * maxMemoryBytes) {
      this.#wellWindows++
      if (before > 0 && this.#wellWindows >= WELL.windows) {
        this.#level = before - 1
        this.#wellWindows = 0
      }
    } else this.#wellWindows = 0
    this.#begin()
    if (this.#level !== before) onLevel(this.#level, { cpuRatio, memoryBytes })
  }
}

function ownCost(): Cost {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() }
}
