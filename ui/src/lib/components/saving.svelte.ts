// Owns how one thing is saved: whether it is under way, and what kept it from being saved the last time.

export class Saving {
  isUnderWay = $state(false)
  problem = $state.raw<unknown>(null)

  /** Does nothing while it is under way. What is wrong stays in `problem` until the next one is wrong. */
  async run(save: () => Promise<unknown>, onsaved: () => void): Promise<void> {
    if (this.isUnderWay) return
    this.isUnderWay = true
    try {
      await save()
      onsaved()
    } catch (cause) {
      this.problem = cause
    } finally {
      this.isUnderWay = false
    }
  }
}
