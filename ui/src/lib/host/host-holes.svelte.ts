// Owns what the hub says of the stretch in sight beside its values: holes with their reasons, reboots, incidents.
import type { Gap } from '@vigie/shared/api/gap'
import type { Incident } from '@vigie/shared/api/incident'
import type { Stretch } from '../chart/time-range.ts'

export interface HolesPort {
  hubNowMs(): number
  gaps(fromMs: number, toMs: number): Promise<readonly Gap[]>
  /** The times at which the host started anew. */
  reboots(fromMs: number, toMs: number): Promise<readonly number[]>
  incidents(fromMs: number, toMs: number): Promise<readonly Incident[]>
}

/** What was learnt at one time. */
export interface Holes {
  readonly gaps: readonly Gap[]
  readonly reboots: readonly number[]
  readonly incidents: readonly Incident[]
  /** The hub's time then: later holes are not in it. Null before the first answer. */
  readonly knownAtMs: number | null
}

const ASK_EVERY_MS = 1000
const RETRY_MS = 10_000

export class HostHoles {
  known = $state.raw<Holes>({ gaps: [], reboots: [], incidents: [], knownAtMs: null })
  readonly #port: HolesPort
  #shown: Stretch | null = null
  #asked: Stretch | null = null
  /** How many questions there were: only the newest one's answer counts. */
  #questions = 0
  #occasion = ''
  #nextMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(port: HolesPort) {
    this.#port = port
  }

  /** What is in sight. `occasion` names what the page has seen of the host: with another one the hub is asked again. */
  show(stretch: Stretch, occasion: string): void {
    this.#shown = stretch
    if (occasion !== this.#occasion) this.#asked = null
    this.#occasion = occasion
    if (!this.#isAsked(stretch)) this.#soon()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  // What lies after the answer is not lacked: an occasion tells of it.
  #isAsked({ fromMs, toMs }: Stretch): boolean {
    const asked = this.#asked
    if (!asked || fromMs < asked.fromMs) return false
    return toMs <= asked.toMs || asked.toMs >= (this.known.knownAtMs ?? 0)
  }

  #soon(): void {
    if (this.#closed) return
    this.#timer ??= setTimeout(
      () => void this.#ask(),
      Math.max(0, this.#nextMs - performance.now()),
    )
  }

  async #ask(): Promise<void> {
    const shown = this.#shown
    this.#timer = undefined
    if (!shown) return
    const knownAtMs = this.#port.hubNowMs()
    // Some more at both sides, so that a view that moves a little finds its holes.
    const marginMs = (shown.toMs - shown.fromMs) / 2
    const fromMs = Math.max(0, shown.fromMs - marginMs)
    const toMs = Math.min(shown.toMs + marginMs, knownAtMs)
    this.#asked = { fromMs, toMs }
    this.#nextMs = performance.now() + ASK_EVERY_MS
    const question = ++this.#questions
    const isNewest = () => !this.#closed && question === this.#questions
    try {
      const [gaps, reboots, incidents] = await Promise.all([
        this.#port.gaps(fromMs, toMs),
        this.#port.reboots(fromMs, toMs),
        this.#port.incidents(fromMs, toMs),
      ])
      if (isNewest()) this.known = { gaps, reboots, incidents, knownAtMs }
    } catch {
      if (!isNewest()) return
      // Charts show without reasons what they see themselves; the notice above them says when the hub is not heard.
      this.#asked = null
      this.#nextMs = performance.now() + RETRY_MS
    }
    if (this.#shown && !this.#isAsked(this.#shown)) this.#soon()
  }
}
