// Owns how a text is copied, and what came of it.

export class Copying {
  outcome = $state<'idle' | 'copied' | 'failed'>('idle')

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.outcome = 'copied'
    } catch {
      // Browsers refuse outside secure contexts; the text stays selectable.
      this.outcome = 'failed'
    }
  }
}
