// Whatever comes through the doors, over real sockets: a bad frame ends its own socket with a typed code that is counted,
// the hub lives on, and an honest agent next to it is acknowledged all the while (docs/protocol.md, F2).
import { once } from 'node:events'
import { closeCode } from '@vigie/shared/protocol/close-codes'
import { WITH_PACKAGES } from '@vigie/shared/protocol/version'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CERTAINLY_BAD, frames, type Frame } from './bad-frames.ts'
import { administratorOf } from './doors/visitor.ts'
import { TestAgent } from './test-agent.ts'
import { listeningLog, startHub } from './test-hub.ts'

const RUNS = 350
const UNLIMITED = { burst: 1e9, perSecond: 1 }

/** What may come of a bad frame; above all not that the hub failed or that the connection broke. */
const AGENT_CLOSES = ['malformed', 'outOfOrder', 'proofRefused', 'tokenRefused', 'unknownAgent']

it(
  'noise at every door is refused, counted, and noticed by nobody else',
  { timeout: 180_000 },
  async () => {
    const { log, lines } = listeningLog()
    const hub = await startHub({ log, limits: { attempts: UNLIMITED, refusals: UNLIMITED } })
    const join = async () => {
      const { token } = await hub.enrolments.create({})
      const agent = new TestAgent({ hub: hub.address, token })
      await agent.enter()
      return agent
    }
    const neighbour = await join()
    const victim = await join()
    await victim.close()
    const { cookies } = await administratorOf(hub)
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const socketOf = hub.address.replace('http', 'ws')

    const doors = {
      'an agent before its welcome': async () =>
        opened(new WebSocket(`${socketOf}/agent`, 'vigie.agent.1')),
      'an agent after its welcome': async () => {
        const { keys } = victim
        const agent = new TestAgent({ hub: hub.address, keys, protocol: WITH_PACKAGES })
        await agent.enter()
        return agent.socket
      },
      'a browser': async () =>
        opened(
          new WebSocket(`${socketOf}/live`, 'vigie.live.1', {
            headers: { cookie, origin: hub.address },
          }),
        ),
    }

    let framesSent = 0
    const closes = { agent: new Map<string, number>(), browser: new Map<string, number>() }
    const startMs = Math.floor(Date.now() / 1000) * 1000
    let honestTicks = 0
    let cameBack = 0

    const attack = (door: keyof typeof doors) =>
      fc.assert(
        fc.asyncProperty(frames, async (noise) => {
          const socket = await doors[door]()
          const sent = [...noise, CERTAINLY_BAD]
          framesSent += sent.length
          const name = nameOf(await codeAfter(socket, sent))
          const side = door === 'a browser' ? 'browser' : 'agent'
          closes[side].set(name, (closes[side].get(name) ?? 0) + 1)
          if (name === 'internal' && door === 'an agent after its welcome') cameBack++
          else expect(side === 'agent' ? AGENT_CLOSES : ['malformed']).toContain(name)
          await neighbour.acknowledged(neighbour.tick(startMs - ++honestTicks * 1000))
        }),
        { numRuns: RUNS },
      )
    await Promise.all((Object.keys(doors) as (keyof typeof doors)[]).map(attack))

    // Among the noise are whole lists of packages with the hash of another: once the hub has that host tell anew (P4), whatever
    // it sends by then. Nothing else may fail.
    const failures = lines.filter((line) => line.includes('"close":"internal"'))
    expect(failures.filter((line) => !line.includes('its packages could not be kept'))).toEqual([])
    expect(failures.length).toBeLessThanOrEqual(1)
    expect(cameBack).toBe(failures.length)
    expect(framesSent).toBeGreaterThanOrEqual(2000)
    expect(neighbour.framesAcknowledged).toBe(3 * RUNS)
    expect(neighbour.closed).toBeUndefined()
    const { token } = await hub.tokens.create({ name: 'prometheus', role: 'viewer' })
    const answer = await fetch(`${hub.address}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const metrics = await answer.text()
    expect(
      countsOf(metrics, /^vigie_agent_closes_total\{close="(\w+)",by="hub"\} (\d+)$/gm),
    ).toEqual(closes.agent)
    expect(countsOf(metrics, /^vigie_live_closes_total\{close="(\w+)"\} (\d+)$/gm)).toEqual(
      closes.browser,
    )
  },
)

async function opened(socket: WebSocket): Promise<WebSocket> {
  await once(socket, 'open')
  return socket
}

/** Sends frames and resolves with the code with which the hub closes. */
async function codeAfter(socket: WebSocket, sent: readonly Frame[]): Promise<number> {
  const closed = once(socket, 'close') as Promise<[number]>
  for (const { data, binary } of sent) socket.send(data, { binary })
  return (await closed)[0]
}

// `ws` itself closes for text that is not UTF-8, with the code of RFC 6455 for it; the hub counts it as what it is.
function nameOf(code: number): string {
  return code === 1007 ? 'malformed' : closeCode(code).name
}

function countsOf(metrics: string, pattern: RegExp): Map<string, number> {
  return new Map(
    [...metrics.matchAll(pattern)].map(([, name = '', count]) => [name, Number(count)]),
  )
}
