// Owns a real hub and real agents for the browser tests: the commands that people run, as processes, on a free port.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const hubBin = 'hub/bin/vigie.mjs'
/** What the command runs; started itself, because its messages are waited for. */
const hubEntry = 'hub/src/cli/main.ts'
const agentBin = 'agent/bin/vigie-agent.mjs'

interface Ready {
  readonly url: string
  readonly signInLink: string
}

interface SpawnOptions {
  readonly stdio?: ('ignore' | 'pipe' | 'inherit' | 'ipc')[]
  readonly environment?: Record<string, string>
  readonly isGroup?: boolean
}

export const administrator = { email: 'ada@example.org', password: 'correct horse battery' }

/** A hub with its data directory, and the agents that were started for it. `close` ends all of it. */
export class Stack {
  readonly #folder: string
  readonly #running = new Set<ChildProcess>()
  /** Shells, which end with all that they started. */
  readonly #groups = new Set<ChildProcess>()
  #hub: ChildProcess | undefined
  #port = 0
  url = ''
  signInLink = ''

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** Starts a hub, with these settings besides its own, and, unless told otherwise, an agent for this machine. */
  static async start(
    options: { agent?: boolean; environment?: Record<string, string> } = {},
  ): Promise<Stack> {
    const stack = new Stack(await mkdtemp(join(tmpdir(), 'vigie-e2e-')))
    try {
      await stack.startHub(options.environment)
      if (options.agent !== false) await stack.startAgent('this-machine')
    } catch (error) {
      await stack.close()
      throw error
    }
    return stack
  }

  /** Starts the hub on the port that it had before, if any. */
  async startHub(environment: Record<string, string> = {}): Promise<void> {
    const hub = this.#spawn([process.execPath, hubEntry, 'hub'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      environment,
    })
    this.#hub = hub
    const [ready] = (await Promise.race([
      once(hub, 'message'),
      once(hub, 'exit').then(([code]) => Promise.reject(new Error(`the hub exited with ${code}`))),
    ])) as [Ready]
    this.url = ready.url
    this.signInLink = ready.signInLink
    this.#port = Number(new URL(ready.url).port)
  }

  /** Ends the hub as a power cut would. */
  async killHub(): Promise<void> {
    await this.#end(this.#hub, 'SIGKILL')
  }

  /** Makes a host one that joined at another time, which no test can wait for; the hub starts anew to learn of it. */
  async backdate(name: string, createdMs: number): Promise<void> {
    await this.killHub()
    const database = new DatabaseSync(join(this.#folder, 'hub', 'vigie.db'))
    database.prepare('update host set created_ms = ? where name = ?').run(createdMs, name)
    database.close()
    await this.startHub()
  }

  /** Makes everybody one who may only look; the hub starts anew to learn of it. */
  async demoteAll(): Promise<void> {
    await this.killHub()
    const database = new DatabaseSync(join(this.#folder, 'hub', 'vigie.db'))
    database.exec("update person set role = 'viewer'")
    database.close()
    await this.startHub()
  }

  /** Invites, joins and runs an agent under a name of its own. */
  async startAgent(name: string): Promise<ChildProcess> {
    const { token } = JSON.parse(await this.command(hubBin, 'enrol', '--name', name, '--json')) as {
      token: string
    }
    return this.joinAgent(name, token)
  }

  /** Joins with a token and runs the agent, by another way to the hub if so; its identity is kept under `name`. */
  async joinAgent(
    name: string,
    token: string,
    {
      url = this.url,
      environment = {},
    }: { url?: string; environment?: Record<string, string> } = {},
  ): Promise<ChildProcess> {
    await this.command(agentBin, 'join', url, token, {
      VIGIE_AGENT_DATA: this.#agentData(name),
      ...environment,
    })
    return this.runAgent(name, environment)
  }

  /** Runs what a person would paste into a shell of the new machine, whose agent keeps its identity under `name`. */
  paste(name: string, command: string): ChildProcess {
    const environment = { VIGIE_AGENT_DATA: this.#agentData(name) }
    return this.#spawn(['sh', '-c', command], { environment, isGroup: true })
  }

  /** Gives a copy of one agent's identity to another, as cloning its machine would. */
  async cloneAgent(name: string, cloneName: string): Promise<ChildProcess> {
    await cp(this.#agentData(name), this.#agentData(cloneName), { recursive: true })
    return this.runAgent(cloneName)
  }

  runAgent(name: string, more: Record<string, string> = {}): ChildProcess {
    const environment = { VIGIE_AGENT_DATA: this.#agentData(name), ...more }
    return this.#spawn([process.execPath, agentBin, 'run'], { environment })
  }

  /** Ends a process that this stack started. */
  async end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#end(child, signal)
  }

  /** Runs a command to its end and gives what it printed. */
  async command(...args: (string | Record<string, string>)[]): Promise<string> {
    const words = args.filter((arg) => typeof arg === 'string')
    const environment = Object.assign(
      {},
      ...args.filter((arg) => typeof arg === 'object'),
    ) as Record<string, string>
    const child = this.#spawn([process.execPath, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
      environment,
    })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`${words.join(' ')} exited with ${code}: ${output}`)
    return output
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.#end(child, 'SIGKILL')))
    await rm(this.#folder, { recursive: true, force: true })
  }

  #agentData(name: string): string {
    return join(this.#folder, `agent-${name}`)
  }

  #spawn(command: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const [program = '', ...args] = command
    const child = spawn(program, args, {
      cwd: root,
      stdio: options.stdio ?? ['ignore', 'ignore', 'inherit'],
      detached: options.isGroup ?? false,
      env: {
        ...process.env,
        VIGIE_DATA: join(this.#folder, 'hub'),
        VIGIE_LISTEN: `127.0.0.1:${this.#port}`,
        VIGIE_LOG_LEVEL: 'warn',
        // What `npm run package` may have made is no part of a test.
        VIGIE_AGENTS: join(this.#folder, 'agents'),
        // No test reads a site of others.
        VIGIE_CERT_SOURCES: 'none',
        ...options.environment,
      },
    })
    this.#running.add(child)
    if (options.isGroup) this.#groups.add(child)
    child.once('exit', () => this.#running.delete(child))
    return child
  }

  async #end(child: ChildProcess | undefined, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    if (this.#groups.has(child)) process.kill(-child.pid, signal)
    else child.kill(signal)
    await ended
  }
}
