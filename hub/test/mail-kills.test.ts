// A hub that is killed between a crisis and its mail, at every step of the way, and started again: everybody hears of it
// once. VIGIE_SOAK=1 kills it at random steps, again and again on one database; else it dies at every second pair of steps.
import { describe, expect, it } from 'vitest'
import { BUSY, CALM } from './busy-rule.ts'
import { KILL_STEPS, type KillStep, type Transition } from './mail-kill-steps.ts'
import { MailingHub, RECIPIENTS } from './mailing-hub.ts'
import type { SteadyAgent } from './steady-agent.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const ROUNDS = 40
const ROUNDS_OF_SILENCE = 10

interface Round {
  readonly agent: SteadyAgent
  /** Counted from 1. */
  readonly number: number
  readonly steps: Readonly<Record<Transition['kind'], KillStep>>
}

const timeoutMs = (rounds: number): number => 30_000 + rounds * 60_000
const last = <Item>(items: readonly Item[], ago = 0): Item => {
  const item = items[items.length - 1 - ago]
  if (item === undefined) throw new Error('there are too few')
  return item
}
/** Each step once, as it opens or as it resolves. */
const pairs = KILL_STEPS.flatMap((opened, index) => {
  const resolved = KILL_STEPS[index + 1] ?? last(KILL_STEPS)
  return index % 2 === 0 ? [{ opened, resolved }] : []
})
const swapped = pairs.map(({ opened, resolved }) => ({ opened: resolved, resolved: opened }))
const randomStep = (): KillStep => last(KILL_STEPS, Math.floor(Math.random() * KILL_STEPS.length))
const randomPairs = (count: number): typeof pairs =>
  Array.from({ length: count }, () => ({ opened: randomStep(), resolved: randomStep() }))

describe('A8 M4 a value that is too high', () => {
  it.each(isSoak ? [] : pairs.filter((_, index) => index % 2 === 0))(
    'is told once by a hub that dies: $opened.name; and its end: $resolved.name',
    { timeout: timeoutMs(1) },
    async (steps) => {
      const hub = await MailingHub.start({ hosts: 1, missed: [] })
      await playBusy(hub, { agent: last(hub.agents), number: 1, steps })
      expectToldOnce(hub, [steps])
    },
  )

  it.runIf(isSoak)(
    'is told once by a hub that dies again and again',
    { timeout: timeoutMs(ROUNDS) },
    async () => {
      const hub = await MailingHub.start({ hosts: ROUNDS, missed: [] })
      const played = randomPairs(ROUNDS)
      for (const [index, steps] of played.entries()) {
        await playBusy(hub, { agent: last(hub.agents, index), number: index + 1, steps })
      }
      expectToldOnce(hub, played)
    },
  )
})

describe('A8 D2 M4 a host that is silent', () => {
  it.each(isSoak ? randomPairs(ROUNDS_OF_SILENCE) : swapped.slice(0, 1))(
    'is told once by a hub that dies: $opened.name; and its return: $resolved.name',
    { timeout: timeoutMs(1) },
    async (steps) => {
      const hub = await MailingHub.start({ hosts: 1, missed: [1] })
      await playSilent(hub, { agent: last(hub.agents), number: 1, steps })
      expectToldOnce(hub, [steps])
    },
  )
})

async function playBusy(hub: MailingHub, { agent, number, steps }: Round): Promise<void> {
  const acknowledged = (): Promise<void> => agent.acknowledged()
  const turn = async (kind: Transition['kind'], cpuRatio: number): Promise<void> => {
    const happen = (): Promise<void> => {
      agent.measures(cpuRatio)
      return Promise.resolve()
    }
    await killAt(hub, steps[kind], { kind, incidents: number, happen, acknowledged })
    await agent.connect(hub.address)
    await untilTold(hub, kind, number)
  }
  await agent.connect(hub.address)
  agent.measures(CALM)
  await agent.acknowledged()
  await turn('opened', BUSY)
  await turn('resolved', CALM)
  agent.vanish()
}

async function playSilent(hub: MailingHub, { agent, number, steps }: Round): Promise<void> {
  const vanish = (): Promise<void> => {
    agent.vanish()
    return Promise.resolve()
  }
  const comeBack = (): Promise<void> => agent.connect(hub.address)
  const acknowledged = (): Promise<void> => agent.acknowledged()
  await comeBack()
  await acknowledged()
  // Silence has no ticks to wait for.
  const silence = { happen: vanish, acknowledged: () => Promise.resolve() }
  await killAt(hub, steps.opened, { kind: 'opened', incidents: number, ...silence })
  await untilTold(hub, 'opened', number)
  const noise = { happen: comeBack, acknowledged }
  await killAt(hub, steps.resolved, { kind: 'resolved', incidents: number, ...noise })
  await comeBack()
  await untilTold(hub, 'resolved', number)
}

async function killAt(hub: MailingHub, step: KillStep, transition: Transition): Promise<void> {
  hub.relay.mood = step.mood ?? 'accepting'
  // Or the hub would go on with a connection that it has.
  hub.relay.hangUp()
  const held = await step.reach(hub, transition)
  await hub.kill()
  held?.release()
  await hub.renewRelay()
  await hub.start()
}

async function untilTold(
  { file }: MailingHub,
  kind: Transition['kind'],
  incidents: number,
): Promise<void> {
  await file.until(() => file.isTold(kind, incidents * RECIPIENTS.length))
}

/** Everybody hears of each incident that it opened, then that it resolved; twice only where nobody could know. */
function expectToldOnce({ file, arrived }: MailingHub, rounds: readonly Round['steps'][]): void {
  expect(file.incidents()).toEqual(rounds.map((_, index) => ({ id: index + 1, state: 'resolved' })))
  const messageIds = new Map(file.mails().map(({ id, message_id: messageId }) => [id, messageId]))
  const told = new Map(
    file.notices().map(({ incident_id: incidentId, kind, recipient, mail_id: mailId }) => {
      const mail = `${recipient} ${messageIds.get(mailId ?? NaN)}`
      return [mail, `${recipient} ${incidentId} ${kind}`]
    }),
  )
  const heard = arrived.map(({ to, parsed }) => told.get(`${to.join()} ${parsed.messageId}`))
  const kinds = ['opened', 'resolved'] as const
  for (const recipient of RECIPIENTS) {
    const expected = rounds.flatMap((_, index) =>
      kinds.map((kind) => `${recipient} ${index + 1} ${kind}`),
    )
    const others = RECIPIENTS.filter((other) => other !== recipient)
    const own = heard.filter((one) => !others.some((other) => one?.startsWith(other)))
    expect([...new Set(own)]).toEqual(expected)
  }
  for (const [index, steps] of rounds.entries()) {
    for (const kind of kinds.filter((one) => !steps[one].mayRepeat)) {
      const all = heard.filter((one) => one?.endsWith(` ${index + 1} ${kind}`))
      expect(all).toHaveLength(RECIPIENTS.length)
    }
  }
}
