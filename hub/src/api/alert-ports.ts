// Owns what the REST API needs of alerts; app.ts passes it in.
import type { Incident, IncidentDetail, IncidentState } from '@vigie/shared/api/incident'
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { PreviewItem, ReplayLine } from '@vigie/shared/api/rule-trial'
import type {
  Maintenance,
  MaintenanceDraft,
  Silence,
  SilenceDraft,
} from '@vigie/shared/api/silence'

export interface IncidentQuery {
  readonly states?: readonly IncidentState[]
  /** Of these hosts only: nothing of the hub's own. */
  readonly hostIds?: readonly number[]
  /** Those that were not over before it. */
  readonly fromMs: number
  /** Those that began before it. */
  readonly toMs: number
  readonly beforeId?: number
  readonly limit: number
}

/** `already`: it was so before. `over`: the incident is resolved. `unknown`: there is none. */
export type IncidentOutcome = 'done' | 'already' | 'over' | 'unknown'

/** What is done is committed when a promise resolves. `by` is who does it. */
export interface Incidents {
  /** Everything that is not resolved, in no order. */
  current(): readonly Incident[]
  /** Newest first. */
  page(query: IncidentQuery): Promise<readonly Incident[]>
  get(id: number): Promise<Incident | undefined>
  detail(id: number): Promise<IncidentDetail | undefined>
  acknowledge(id: number, request: { by: string; note?: string }): Promise<IncidentOutcome>
  handOver(id: number, request: { by: string; to: string; text?: string }): Promise<IncidentOutcome>
  addNote(id: number, request: { by: string; text: string }): Promise<IncidentOutcome>
}

export interface Rules {
  list(): readonly Rule[]
  create(draft: RuleDraft): Promise<Rule>
  /** Undefined when there is none with that id. */
  change(id: number, draft: RuleDraft): Promise<Rule | undefined>
  delete(id: number): Promise<boolean>
  /** What each host measures now against a rule that is not kept. */
  preview(draft: RuleDraft): readonly PreviewItem[]
}

/** Progress, then the result. Stops when the signal says so. */
export type Replay = (request: {
  readonly draft: RuleDraft
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly signal: AbortSignal
}) => AsyncIterable<Exclude<ReplayLine, { type: 'failed' }>>

export interface Silences {
  /** Those that have not ended, by their end. */
  list(): readonly Silence[]
  create(draft: SilenceDraft, by: string): Promise<Silence>
  /** False when none with that id runs or is to come. */
  end(id: number): Promise<boolean>
}

/** What is wrong with a window: its five fields, or its time zone. */
export type WindowFault = 'cron' | 'zone'

export interface MaintenanceWindows {
  list(): readonly Maintenance[]
  create(draft: MaintenanceDraft): Promise<Maintenance | WindowFault>
  /** Undefined when there is none with that id. */
  change(id: number, draft: MaintenanceDraft): Promise<Maintenance | WindowFault | undefined>
  delete(id: number): Promise<boolean>
}
