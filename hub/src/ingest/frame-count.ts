// Owns the count of a connection's binary frames, and when what is committed of them is acknowledged (docs/protocol.md, T4).

export class FrameCount {
  readonly #acknowledge: (frames: number) => boolean
  #received = 0
  #committed = 0
  #acknowledged = 0
  #isDue = false

  /** `acknowledge` tells the peer that so many frames are committed; false when it did not, as more will be by the next time. */
  constructor(acknowledge: (frames: number) => boolean) {
    this.#acknowledge = acknowledge
  }

  /** The number of the frame that was just received, from 1. */
  received(): number {
    return ++this.#received
  }

  /** All frames up to this one are on the disk. */
  committed(frame: number): void {
    this.#committed = frame
    if (this.#isDue) return
    this.#isDue = true
    // One commit holds many frames and calls for each in one turn: they share an acknowledgement.
    queueMicrotask(() => {
      this.#isDue = false
      if (this.#committed === this.#acknowledged) return
      if (this.#acknowledge(this.#committed)) this.#acknowledged = this.#committed
    })
  }
}
