// An older Vigie for tests: its files as the repository recorded them, run with today's dependencies.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PACKAGES = ['agent', 'hub', 'shared', 'ui']

/** Whether the repository's history reaches that far: an archive of the files has none, nor has a shallow clone. */
export function isRecorded(commit: string): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: ROOT, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Writes the files of a commit to a directory of their own; the caller removes it. */
export function olderTree(commit: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'vigie-older-'))
  const archive = execFileSync('git', ['archive', commit, 'package.json', 'scripts', ...PACKAGES], {
    cwd: ROOT,
    maxBuffer: 256 * 2 ** 20,
  })
  execFileSync('tar', ['-x', '-C', tree], { input: archive })
  // Links to each dependency, and to its own packages under their names.
  mkdirSync(join(tree, 'node_modules', '@vigie'), { recursive: true })
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name === '@vigie' || name.startsWith('.')) continue
    symlinkSync(join(ROOT, 'node_modules', name), join(tree, 'node_modules', name))
  }
  for (const name of PACKAGES) {
    symlinkSync(join(tree, name), join(tree, 'node_modules', '@vigie', name))
    const own = join(ROOT, name, 'node_modules')
    if (existsSync(own)) symlinkSync(own, join(tree, name, 'node_modules'))
  }
  return tree
}

/** Commands of one tree, with data directories of their own; `close` ends what runs. */
export class Vigie {
  readonly #tree: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigie-data-'))
  readonly #running: ChildProcess[] = []

  constructor(tree: string) {
    this.#tree = tree
  }

  /** Starts a hub on a free port and gives its address. */
  async hub(): Promise<string> {
    const hub = this.#start(['hub/src/cli/main.ts', 'hub'])
    const [{ url }] = (await Promise.race([
      once(hub, 'message'),
      once(hub, 'exit').then(([code]) => Promise.reject(new Error(`the hub ended: ${code}`))),
    ])) as [{ url: string }]
    return url
  }

  /** What a command prints. */
  command(...args: string[]): string {
    const options = { cwd: this.#tree, env: this.#environment(), encoding: 'utf8' } as const
    return execFileSync(process.execPath, args, options)
  }

  agent(): void {
    this.#start(['agent/bin/vigie-agent.mjs', 'run'])
  }

  async close(): Promise<void> {
    for (const child of this.#running) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #start(args: string[]): ChildProcess {
    const child = spawn(process.execPath, args, {
      cwd: this.#tree,
      env: this.#environment(),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#running.push(child)
    return child
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      VIGIE_DATA: join(this.#folder, 'hub'),
      VIGIE_AGENT_DATA: join(this.#folder, 'agent'),
      VIGIE_LISTEN: '127.0.0.1:0',
      VIGIE_LOG_LEVEL: 'warn',
      // No test reads a site of others. A hub from before the CERT watch would refuse the setting.
      ...(existsSync(join(this.#tree, 'hub/src/cert-settings.ts')) && {
        VIGIE_CERT_SOURCES: 'none',
      }),
    }
  }
}
