// Owns how long a client may take to say what it wants: who sends a byte at a time keeps its connection for so long, and no longer.

export interface RequestTimes {
  /** Until the headers are there, from the connection or the end of the request before. */
  readonly headersMs: number
  /** Until the whole of the request is there. */
  readonly requestMs: number
  /** How often connections are looked at; a slow one may live that much longer. */
  readonly checkEveryMs: number
}

/** A body of 1 MiB over a line of 0.3 Mbit/s comes in time. */
export const REQUEST_TIMES: RequestTimes = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkEveryMs: 5000,
}
