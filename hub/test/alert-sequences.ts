// Sequences of what may happen to a hub's alerts, and running them beside the model.
import type { RuleDraft } from '@vigie/shared/api/rule'
import fc from 'fast-check'
import { AlertModel, type Words } from './alert-model.ts'
import { LOAD, loadRule, type DrivenAlerts } from './driven-alerts.ts'

const SERIES = [`${LOAD}{disk="a"}`, `${LOAD}{disk="b"}`] as const

export const WORDS = [
  { threshold: 10, clearAt: 5, forMs: 3000, clearForMs: 2000 },
  { threshold: 10, clearAt: 5, forMs: 0, clearForMs: 0 },
  { threshold: 15, clearAt: 8, forMs: 20_000, clearForMs: 0 },
  { threshold: 15, clearAt: 15, forMs: 3000, clearForMs: 45_000 },
] as const satisfies readonly Words[]

export type SequenceEvent =
  /** Ticks, one a second, all the same. */
  | { type: 'hold'; host: number; values: [number, number]; s: number }
  | { type: 'pass'; s: number }
  | { type: 'vanish'; host: number }
  | { type: 'talk'; host: number }
  | { type: 'goodbye'; host: number }
  | { type: 'restart'; awayS: number }
  | { type: 'take'; nth: number }
  | { type: 'words'; nth: number }
  | { type: 'delete'; rule: 1 | 2 }
  | { type: 'silence'; s: number }
  /** Ticks of a while ago, in one block: so many seconds of each value. */
  | { type: 'backlog'; host: number; agoS: number; runs: [number, number][] }

const value = fc.constantFrom(0, 0, 7, 12, 20, 20, NaN)
const seconds = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 8 }) },
  { weight: 1, arbitrary: fc.integer({ min: 9, max: 130 }) },
)
const type = <T extends string>(name: T): fc.Arbitrary<T> => fc.constant(name)

export function sequences({
  hosts,
  hasBacklogs,
}: {
  hosts: number
  hasBacklogs: boolean
}): fc.Arbitrary<SequenceEvent[]> {
  const host = fc.integer({ min: 1, max: hosts })
  const hold = fc.record({
    type: type('hold'),
    host,
    values: fc.tuple(value, value),
    s: seconds,
  })
  const runs = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 60 })), {
    minLength: 1,
    maxLength: 5,
  })
  const ago = fc.integer({ min: 1, max: 500 })
  const backlog = fc.record({ type: type('backlog'), host, agoS: ago, runs })
  const event = fc.oneof(
    { weight: 12, arbitrary: hold },
    { weight: 3, arbitrary: fc.record({ type: type('pass'), s: seconds }) },
    { weight: 2, arbitrary: fc.record({ type: type('vanish'), host }) },
    { weight: 2, arbitrary: fc.record({ type: type('talk'), host }) },
    { weight: 1, arbitrary: fc.record({ type: type('goodbye'), host }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: type('restart'), awayS: fc.constantFrom(0, 3, 20, 400) }),
    },
    { weight: 2, arbitrary: fc.record({ type: type('take'), nth: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ type: type('words'), nth: fc.nat(WORDS.length - 1) }) },
    { weight: 1, arbitrary: fc.record({ type: type('silence'), s: seconds }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: type('delete'), rule: fc.constantFrom<(1 | 2)[]>(1, 2) }),
    },
    { weight: hasBacklogs ? 4 : 0, arbitrary: backlog },
  )
  return fc.array(event, { minLength: 1, maxLength: 30, size: 'max' })
}

export class SequenceRunner {
  readonly hub: DrivenAlerts
  readonly model: AlertModel
  /** Of the rule on values, and of the one on silence. */
  readonly ruleIds: Readonly<Record<1 | 2, number>>
  readonly #sent = new Map<string, readonly [number, number]>()

  static ruleOf({ threshold, clearAt, forMs, clearForMs }: Words): RuleDraft {
    const words = { threshold, clearAt, forMs, clearForMs, attributes: { disk: '*' } }
    return loadRule(words, { recipients: [], remindEveryMs: 300_000 })
  }

  constructor(hub: DrivenAlerts, ruleIds: Readonly<Record<1 | 2, number>>) {
    this.hub = hub
    this.ruleIds = ruleIds
    this.model = new AlertModel(WORDS[0], hub.clock.nowMs())
  }

  async run(event: SequenceEvent): Promise<void> {
    const { hub, model } = this
    switch (event.type) {
      case 'hold':
        this.#pass(event.s, () => this.#tick(event.host, event.values))
        return
      case 'pass':
        this.#pass(event.s)
        return
      case 'vanish':
        hub.talking.delete(event.host)
        return
      case 'talk':
        hub.talking.add(event.host)
        return
      case 'goodbye':
        hub.talking.delete(event.host)
        hub.fleet.said(event.host, 'stopped')
        model.goodbye(event.host)
        return
      case 'restart':
        await hub.restart(event.awayS * 1000)
        model.restart(hub.clock.nowMs())
        return
      case 'take': {
        const open = hub.alerts.open()
        const id = open[event.nth % open.length]?.id
        if (id !== undefined) await hub.alerts.acknowledge(id, { by: 'ada' })
        return
      }
      case 'words':
        await this.#reword(WORDS[event.nth] ?? WORDS[0])
        return
      case 'delete':
        await hub.alerts.deleteRule(this.ruleIds[event.rule])
        model.deleteRule(event.rule, hub.clock.nowMs())
        this.#review()
        return
      case 'silence':
        await this.#silence(event.s)
        return
      case 'backlog':
        this.#backlog(event)
    }
  }

  async #reword(words: Words): Promise<void> {
    if (!this.model.words) return
    this.model.words = words
    await this.hub.alerts.changeRule(this.ruleIds[1], SequenceRunner.ruleOf(words))
  }

  async #silence(s: number): Promise<void> {
    const startsMs = this.hub.clock.nowMs()
    const everything = { scope: { type: 'all' } as const, ruleIds: [], comment: '' }
    const draft = { ...everything, startsMs, endsMs: startsMs + s * 1000 }
    await this.hub.alerts.silencing.silence(draft, 'ada')
  }

  #pass(s: number, each: () => void = () => undefined): void {
    const { hub, model } = this
    for (let second = 0; second < s; second++) {
      hub.clock.advance(1000)
      for (const hostId of hub.talking) {
        hub.fleet.heard(hostId)
        model.heard(hostId, hub.clock.nowMs())
      }
      each()
      this.#review()
    }
  }

  #tick(hostId: number, values: readonly [number, number]): void {
    const { hub, model } = this
    const nowMs = hub.clock.nowMs()
    this.#asSent(hostId, nowMs, values)
    hub.tick({ [SERIES[0]]: values[0], [SERIES[1]]: values[1] }, hostId)
    model.heard(hostId, nowMs)
    model.tick(hostId, SERIES[0], { value: values[0], nowMs })
    model.tick(hostId, SERIES[1], { value: values[1], nowMs })
  }

  #backlog({ host, agoS, runs }: SequenceEvent & { type: 'backlog' }): void {
    const startMs = this.hub.clock.nowMs() - agoS * 1000
    const values = runs.flatMap(([value, s]) => Array<number>(s).fill(value)).slice(0, agoS)
    const ticks = values.map((value, index) =>
      this.#asSent(host, startMs + index * 1000, [value, value]),
    )
    const columns = {
      [SERIES[0]]: ticks.map(([value]) => value),
      [SERIES[1]]: ticks.map(([, value]) => value),
    }
    this.hub.backlog(columns, { startMs, hostId: host })
  }

  /** A tick that is sent again is the one that it was. */
  #asSent(hostId: number, timeMs: number, values: readonly [number, number]) {
    const key = `${hostId} ${timeMs}`
    const sent = this.#sent.get(key) ?? values
    this.#sent.set(key, sent)
    return sent
  }

  #review(): void {
    this.hub.alerts.review()
    this.model.review(this.hub.clock.nowMs())
  }
}
