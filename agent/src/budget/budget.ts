// Owns the agent's watch over itself: above its budget of memory it gives back what it can; still above it, or above that of
// CPU, it slows down by a level, and well below both for a while it goes back by one.
import type { Clock } from '../clock/clock.ts'
import { giveBackMemory } from './give-back-memory.ts'
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
  /** Makes what the process costs in memory less, if that can be. */
  readonly relieve?: () => void
  readonly onLevel: (level: number, why: Measured) => void
  /** Nothing more can be done about memory. */
  readonly onStuck?: (memoryBytes: number) => void
  /** Memory was over the budget; `afterBytes` is what is left of it. */
  readonly onRelieved?: (memory: {
    readonly beforeBytes: number
    readonly afterBytes: number
  }) => void
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
  readonly #relieve: () => void
  #cancel: () => void = () => undefined
  #beganMs = 0
  #beganCpuMs = 0
  #level = 0
  #wellWindows = 0
  #stuckBytes: number | null = null
  // The window in which the agent began costs what starting costs, and is not judged.
  #isWarm = false

  constructor(options: BudgetOptions) {
    this.#options = options
    this.#windowMs = options.windowMs ?? WINDOW_MS
    this.#cost = options.cost ?? ownCost
    this.#relieve = options.relieve ?? giveBackMemory
    this.#begin()
  }

  get level(): number {
    return this.#level
  }

  /** Resident memory that is over the budget although nothing is left to be done; null: it is within it, or may get there. */
  get stuckBytes(): number | null {
    return this.#stuckBytes
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
    const cost = this.#cost()
    const memoryBytes = this.#isWarm ? this.#memoryLeft(cost.memoryBytes) : cost.memoryBytes
    const { cpuMs } = cost
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
    const wasStuck = this.#stuckBytes !== null
    const isStuck = before === MOST_SLOWED && memoryBytes > maxMemoryBytes
    this.#stuckBytes = isStuck ? memoryBytes : null
    if (isStuck && !wasStuck) this.#options.onStuck?.(memoryBytes)
    this.#begin()
    if (this.#level !== before) onLevel(this.#level, { cpuRatio, memoryBytes })
  }

  #memoryLeft(beforeBytes: number): number {
    if (beforeBytes <= this.#options.maxMemoryBytes) return beforeBytes
    this.#relieve()
    const { memoryBytes: afterBytes } = this.#cost()
    this.#options.onRelieved?.({ beforeBytes, afterBytes })
    return afterBytes
  }
}

function ownCost(): Cost {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() }
}
