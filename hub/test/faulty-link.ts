// The network between agent and hub, for tests: a TCP proxy that does to connections what networks do.
import { EventEmitter, once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as later } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/**
 * `cut`: connections break, and new ones too. `halfOpen`: they stay open and carry nothing. `drip`: one byte at a time.
 * `delay`: what is sent arrives late. `reset`: the next frame of some length breaks off in its middle.
 */
export type Weather = 'good' | 'cut' | 'halfOpen' | 'drip' | 'delay' | 'reset'

const DELAY_MS = 400

/** Emits `connection`, `end` of one, and `chunk` for each piece of bytes that an agent sent. */
export class FaultyLink extends EventEmitter {
  weather: Weather = 'good'
  readonly #port: number
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((socket) => this.#open(socket))

  private constructor(port: number) {
    super()
    this.#port = port
  }

  /** A way to the hub at `address`, until the test ends. */
  static async to(address: string): Promise<FaultyLink> {
    const link = new FaultyLink(Number(new URL(address).port))
    link.#server.listen(0, '127.0.0.1')
    await once(link.#server, 'listening')
    onTestFinished(() => link.#close())
    return link
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Changes the weather, and waits until something has happened so many times in it. */
  async change(weather: Weather, event: 'connection' | 'end' | 'chunk', times: number) {
    this.weather = weather
    if (weather === 'cut') for (const socket of this.#sockets) socket.resetAndDestroy()
    for (let time = 0; time < times; time++) await once(this, event)
  }

  #open(agent: Socket): void {
    this.emit('connection')
    const hub = connect(this.#port, '127.0.0.1')
    if (this.weather === 'cut') {
      hub.destroy()
      agent.resetAndDestroy()
      return
    }
    for (const [from, to] of [
      [agent, hub],
      [hub, agent],
    ] as const) {
      this.#sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.#sockets.delete(from)
        // Nobody tells the other side of a connection that is half-open.
        if (this.weather !== 'halfOpen') to.destroy()
        if (from === agent) this.emit('end')
      })
      this.#pump(from, to, from === agent).catch(() => to.destroy())
    }
  }

  async #pump(from: Socket, to: Socket, isAgents: boolean): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (isAgents) this.emit('chunk')
      if (this.weather === 'halfOpen') continue
      if (this.weather === 'delay') await later(DELAY_MS)
      if (this.weather === 'reset' && isAgents && chunk.length > 80) {
        to.write(chunk.subarray(0, 40), () => to.resetAndDestroy())
        from.resetAndDestroy()
        return
      }
      const step = this.weather === 'drip' ? 1 : chunk.length
      for (let at = 0; at < chunk.length; at += step) {
        to.write(chunk.subarray(at, at + step))
        if (step === 1) await nextTurn()
      }
    }
    to.end()
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
