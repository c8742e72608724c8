// Owns alerts: from ticks and silence to incidents and notices (docs/alerts.md), and what people do about them.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { PreviewItem } from '@vigie/shared/api/rule-trial'
import { isAmong } from '@vigie/shared/mail-address'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Holds } from '../mail/ports.ts'
import { TokenBucket } from '../token-bucket.ts'
import { AlertJournal } from './alert-journal.ts'
import type { AlertMetrics } from './alert-metrics.ts'
import { CLOSED_KEPT_MS } from './closed-incidents.ts'
import { DEFAULT_RULES, type DefaultRule } from './default-rules.ts'
import { DownWatch } from './down-watch.ts'
import { Evaluation } from './evaluation.ts'
import { IncidentBook } from './incident-book.ts'
import { MetricIncidents } from './metric-incidents.ts'
import type {
  AlertChanges,
  AlertFleet,
  AlertStore,
  AlertTicks,
  DefaultRecipients,
  IncidentRecord,
  LastTick,
  RuleStore,
  SilenceStore,
} from './ports.ts'
import { previewRule } from './preview.ts'
import { Recall, type RecallHistory } from './recall.ts'
import { noteBoot, type BootFacts } from './reboots.ts'
import { isFolded, reviewReminders, targetOf } from './reminders.ts'
import { readIncidents, restoreMachines, type KnownIncidents } from './restore.ts'
import { meantFor, recipientsOf } from './rule-recipients.ts'
import { RuleBook } from './rule-book.ts'
import { Silencing } from './silencing.ts'

export interface AlertTiming {
  readonly reviewEveryMs: number
  /** How long hosts have to return after a start of the hub (docs/alerts.md, D2). */
  readonly returnMs: number
}

const ALERT_TIMING: AlertTiming = { reviewEveryMs: 1000, returnMs: 60_000 }

export interface AlertsParts {
  readonly store: AlertStore
  readonly ruleStore: RuleStore
  readonly silenceStore: SilenceStore
  readonly fleet: AlertFleet
  /** The newest that was stored before this run of the hub. */
  readonly lastTick?: (hostId: number) => LastTick | undefined
  /** What windows and trends begin with; they fill with time when it is left out. */
  readonly history?: RecallHistory
  /** The busiest processes of the last minute, oldest first. */
  readonly recentSnapshots: (hostId: number) => readonly Snapshot[]
  readonly defaultRecipients: DefaultRecipients
  /** False while the hub reads nothing of what hosts send: their silence says nothing then (docs/alerts.md, D2). */
  readonly isListening?: () => boolean
  readonly clock: Clock
  readonly log: Pick<FastifyBaseLogger, 'error'>
  readonly metrics: AlertMetrics
  /** Notices were committed: there is something to mail. */
  readonly onNotices: () => void
  readonly timing?: Partial<AlertTiming>
  /** What a new hub begins with. */
  readonly defaultRules?: readonly DefaultRule[]
}

/** `already`: it was so before. `over`: the incident is resolved. `unknown`: there is none that fired. */
export type IncidentOutcome = 'done' | 'already' | 'over' | 'unknown'

/** `changed` are open, pending ones among them; `closedIds` are not open any more. */
export type AlertListener = (
  changed: readonly IncidentRecord[],
  closedIds: readonly number[],
) => void

/** In a storm the processes of each host are too much to keep, and nobody reads them. */
const EVIDENCE_RATE = { burst: 100, perSecond: 2 }

/** Goes on where the hub stopped. */
export async function createAlerts(parts: AlertsParts): Promise<Alerts> {
  const { store, ruleStore, silenceStore, fleet, clock } = parts
  const rules = await RuleBook.open(ruleStore, clock, parts.defaultRules ?? DEFAULT_RULES)
  const silencing = await Silencing.open(silenceStore, clock)
  const known = await readIncidents(store, { silencing, fleet, clock })
  return new Alerts(parts, { rules, silencing, known })
}

/** Has timers, which keep no process alive; {@link Alerts.close} writes what is left. */
export class Alerts {
  readonly silencing: Silencing
  readonly #parts: AlertsParts
  readonly #rules: RuleBook
  readonly #book: IncidentBook
  readonly #journal: AlertJournal
  readonly #evaluation: Evaluation
  readonly #down: DownWatch
  readonly #recall: Recall | undefined
  readonly #listeners = new Set<AlertListener>()
  readonly #timer: NodeJS.Timeout

  constructor(
    parts: AlertsParts,
    { rules, silencing, known }: { rules: RuleBook; silencing: Silencing; known: KnownIncidents },
  ) {
    const { store, fleet, clock, log, metrics, lastTick, history } = parts
    const { isListening = () => true } = parts
    const { reviewEveryMs, returnMs } = { ...ALERT_TIMING, ...parts.timing }
    this.#parts = parts
    this.#rules = rules
    this.#recall = history && new Recall({ history, clock, log })
    this.silencing = silencing
    this.#journal = new AlertJournal({ store, log, onCommitted: (changes) => this.#told(changes) })
    this.#book = new IncidentBook({
      write: (changes) => this.#journal.add(changes),
      recipientsOf: (rule) => recipientsOf(rule, parts.defaultRecipients()),
      clock,
      metrics,
      ...known,
    })
    const book = this.#book
    const evidence = new TokenBucket(EVIDENCE_RATE, clock.elapsedMs())
    const recentSnapshots = (hostId: number): readonly Snapshot[] =>
      evidence.take(clock.elapsedMs()) ? parts.recentSnapshots(hostId) : []
    const incidents = new MetricIncidents({ book, clock, recentSnapshots })
    const shared = {
      ...{ fleet, rules, book, incidents, clock, metrics, recentSnapshots, returnMs, isListening },
      ...(lastTick && { lastTick }),
      ...(this.#recall && { recall: this.#recall }),
    }
    this.#evaluation = new Evaluation(shared)
    restoreMachines({ ...shared, evaluation: this.#evaluation })
    this.#down = new DownWatch(shared)
    this.#timer = setInterval(() => this.#reviewSafely(), reviewEveryMs).unref()
  }

  /** A frame of ticks, on their way. */
  ticked(hostId: number, ticks: AlertTicks): void {
    this.#evaluation.ticked(hostId, ticks)
  }

  connected(hostId: number, facts: BootFacts): void {
    const host = this.#parts.fleet.host(hostId)
    if (host) noteBoot(host, facts, { rules: this.#rules, book: this.#book })
  }

  /** Looks at what time alone changes; runs by itself every second. */
  review(): void {
    const { clock, fleet } = this.#parts
    const nowMs = clock.nowMs()
    this.#evaluation.sweep()
    this.#evaluation.review()
    this.#down.review()
    const downIds = this.#down.hostIds()
    const [book, rules, silencing] = [this.#book, this.#rules, this.silencing]
    reviewReminders(
      { book, rules, silencing, fleet, downIds, meantFor: (record) => this.#meantFor(record) },
      nowMs,
    )
    book.closed.forgetBefore(nowMs - CLOSED_KEPT_MS, ({ id }) => this.holds.isSilenced(id))
  }

  /** Those that are not resolved; of pending ones only what has lasted. */
  open(): IncidentRecord[] {
    return [...this.#book.list()].map(({ record }) => record)
  }

  /** Calls when something was committed; returns how to end that. */
  onChange(listener: AlertListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** What is done is committed when these resolve, or will be as soon as anything can be. */
  async acknowledge(id: number, { by, note }: { by: string; note?: string }) {
    const outcome = this.#outcomeOf(id)
    if (outcome !== 'done') return outcome
    if (this.#book.get(id)?.record.state === 'acknowledged') return 'already'
    this.#take(id, by, { kind: 'acknowledged', who: by, text: note ?? null })
    await this.#journal.flush()
    return 'done'
  }

  async handOver(
    id: number,
    { by, to, text }: { by: string; to: string; text?: string },
  ): Promise<IncidentOutcome> {
    const outcome = this.#outcomeOf(id)
    if (outcome !== 'done') return outcome
    this.#take(id, to, { kind: 'handed-over', who: by, text: text ?? null })
    await this.#journal.flush()
    return 'done'
  }

  /** Of what is over, too. */
  async addNote(id: number, { by, text }: { by: string; text: string }): Promise<IncidentOutcome> {
    if (!this.#book.knows(id)) return 'unknown'
    this.#book.note(id, by, text)
    await this.#journal.flush()
    return 'done'
  }

  rules(): readonly Rule[] {
    return this.#rules.list()
  }

  createRule(draft: RuleDraft): Promise<Rule> {
    return this.#rules.create(draft)
  }

  async changeRule(id: number, draft: RuleDraft): Promise<Rule | undefined> {
    const rule = await this.#rules.change(id, draft)
    this.#evaluation.sweep()
    return rule
  }

  async deleteRule(id: number): Promise<boolean> {
    const isDeleted = await this.#rules.delete(id)
    if (isDeleted) this.#evaluation.forgetRule(id)
    return isDeleted
  }

  /** What each host measures now against a rule that is not kept. */
  preview(draft: RuleDraft): PreviewItem[] {
    return previewRule(draft, {
      fleet: this.#parts.fleet,
      ticksOf: (hostId) => this.#evaluation.host(hostId),
      silence: this.#down.silence,
    })
  }

  /** Ends what is open of a host that is in the fleet no more. Resolves when that is in the database, or will be as soon as it can. */
  async forgetHost(hostId: number): Promise<void> {
    this.#evaluation.forgetHost(hostId)
    this.#down.review()
    await this.#journal.flush()
  }

  readonly holds: Holds = {
    isSilenced: (incidentId) => {
      const record = this.#book.find(incidentId)
      if (!record) return false
      const { fleet, clock } = this.#parts
      return this.silencing.coverOf(targetOf(record, fleet), clock.nowMs()) !== null
    },
    isFolded: (incidentId) => isFolded(this.#book.find(incidentId)?.foldedInto ?? null, this.#book),
    isCatchingUp: () => this.#evaluation.isCatchingUp,
    isMeant: ({ incident, recipient }) => {
      // Whom a rule would mean that is gone nobody can say: who was told hears the end.
      if (!this.#rules.get(incident.rule.id)) return true
      return (
        isAmong(this.#parts.defaultRecipients(), recipient) ||
        isAmong(this.#meantFor(incident), recipient)
      )
    },
  }

  /** Resolves with whether everything is in the database. */
  flush(): Promise<boolean> {
    return this.#journal.flush()
  }

  /** Resolves when the past of the hosts that have ticked so far is known. */
  async recalled(): Promise<void> {
    await this.#recall?.settled()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#listeners.clear()
    await this.#recall?.close()
    await this.#journal.close()
  }

  #meantFor(incident: Pick<IncidentRecord, 'kind' | 'rule'>): string[] {
    return meantFor(incident, this.#rules.list(), this.#parts.defaultRecipients())
  }

  #outcomeOf(id: number): IncidentOutcome {
    const state = this.#book.find(id)?.state
    if (state === 'firing' || state === 'acknowledged') return 'done'
    if (state === 'pending' || !this.#book.knows(id)) return 'unknown'
    return 'over'
  }

  #take(id: number, owner: string, said: Parameters<IncidentBook['amend']>[2]): void {
    const known = this.#book.get(id)?.record.acknowledgedMs ?? null
    const acknowledgedMs = known ?? this.#parts.clock.nowMs()
    this.#book.amend(id, { state: 'acknowledged', acknowledgedMs, owner }, said)
  }

  #told({ incidents, forgotten, notices }: AlertChanges): void {
    if (notices.length > 0) this.#parts.onNotices()
    const changed = incidents.filter(({ resolvedMs }) => resolvedMs === null)
    const closed = incidents.filter(({ resolvedMs }) => resolvedMs !== null)
    const closedIds = [...closed.map(({ id }) => id), ...forgotten]
    if (changed.length === 0 && closedIds.length === 0) return
    for (const listener of this.#listeners) listener(changed, closedIds)
  }

  #reviewSafely(): void {
    try {
      this.review()
    } catch (error) {
      this.#parts.log.error({ err: error }, 'incidents could not be reviewed; trying again')
    }
  }
}
