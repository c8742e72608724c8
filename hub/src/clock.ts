// Owns the hub's notion of time, so that tests can drive it.

export interface Clock {
  /** Epoch milliseconds. It jumps when someone sets the machine's clock: for what people and agents are told. */
  nowMs(): number
  /** Milliseconds since some moment, by a clock that never jumps: for how long something has lasted. */
  elapsedMs(): number
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
}
