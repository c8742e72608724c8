// Owns silences and maintenance windows as the settings list them: read, made, changed and ended.
import type { Rule } from '@vigie/shared/api/rule'
import type {
  Maintenance,
  MaintenanceDraft,
  Silence,
  SilenceDraft,
} from '@vigie/shared/api/silence'
import { Refreshing } from '../incidents/refreshing.ts'
import { windowDraftOf, windowFormOf } from './window-form.ts'

export interface SilenceSource {
  readonly silences: () => Promise<readonly Silence[]>
  readonly createSilence: (draft: SilenceDraft) => Promise<void>
  readonly endSilence: (id: number) => Promise<void>
  readonly maintenanceWindows: () => Promise<readonly Maintenance[]>
  readonly createWindow: (draft: MaintenanceDraft) => Promise<void>
  readonly changeWindow: (id: number, draft: MaintenanceDraft) => Promise<void>
  readonly deleteWindow: (id: number) => Promise<void>
  readonly rules: () => Promise<readonly Rule[]>
}

const REFRESH_MS = 10_000

export class SilenceBook {
  /** Null until they are read. */
  silences = $state.raw<readonly Silence[] | null>(null)
  windows = $state.raw<readonly Maintenance[] | null>(null)
  rules = $state.raw<readonly Rule[]>([])
  problem = $state.raw<unknown>(null)
  /** Why the newest change was not made. */
  actProblem = $state.raw<unknown>(null)

  readonly #source: SilenceSource

  constructor(source: SilenceSource) {
    this.#source = source
  }

  /** Reads now and again while somebody looks; the answer stops it. */
  start(): () => void {
    void this.read()
    const refreshing = new Refreshing(() => void this.read(), { everyMs: REFRESH_MS })
    return () => refreshing.close()
  }

  async read(): Promise<void> {
    const { silences, maintenanceWindows, rules } = this.#source
    try {
      const read = await Promise.all([silences(), maintenanceWindows(), rules()])
      ;[this.silences, this.windows, this.rules] = read
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }

  async silence(draft: SilenceDraft): Promise<void> {
    await this.#source.createSilence(draft)
    await this.read()
  }

  async end(silence: Silence): Promise<void> {
    await this.#act(() => this.#source.endSilence(silence.id))
  }

  /** A new window, or a change to one. */
  async keep(id: number | null, draft: MaintenanceDraft): Promise<void> {
    await (id === null ? this.#source.createWindow(draft) : this.#source.changeWindow(id, draft))
    await this.read()
  }

  async turn(window: Maintenance, isEnabled: boolean): Promise<void> {
    const draft = { ...windowDraftOf(windowFormOf(window)), isEnabled }
    await this.#act(() => this.#source.changeWindow(window.id, draft))
  }

  async delete(id: number): Promise<void> {
    await this.#source.deleteWindow(id)
    await this.read()
  }

  async #act(act: () => Promise<void>): Promise<void> {
    try {
      await act()
      this.actProblem = null
    } catch (problem) {
      this.actProblem = problem
    }
    await this.read()
  }
}
