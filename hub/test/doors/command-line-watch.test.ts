// vigie watch as people run it: in a pipe, and in a real terminal.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory } from '../test-hub.ts'
import { start, VIGIE } from './command.ts'
import { administratorOf } from './visitor.ts'

// Each test waits for several processes to start, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

async function hubWithHosts() {
  const hub = await startHub()
  const agents: TestAgent[] = []
  for (const name of ['web-1', 'db-1']) {
    const { token } = await hub.enrolments.create({ name })
    const agent = new TestAgent({ hub: hub.address, token })
    await agent.enter()
    agents.push(agent)
  }
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  for (const agent of agents) await agent.acknowledged(agent.tick(nowMs))
  const { token: viewer } = await hub.tokens.create({ name: 'script', role: 'viewer' })
  const onFiles = { VIGIE_DATA: hub.dataDirectory }
  const overApi = { VIGIE_HUB: hub.address, VIGIE_TOKEN: viewer, VIGIE_DATA: '/nowhere' }
  return { hub, agents, nowMs, onFiles, overApi }
}

/** Resolves when the output says so. */
async function says(
  child: { stdout: NodeJS.ReadableStream | null },
  output: { stdout: string },
  words: RegExp,
): Promise<void> {
  while (!words.test(output.stdout.replaceAll('\u00a0', ' '))) {
    if (child.stdout) await once(child.stdout, 'data')
  }
}

describe('vigie watch in a pipe', () => {
  it.each(['onFiles', 'overApi'] as const)('writes a line a second: %s', async (way) => {
    const { [way]: environment, agents, nowMs } = await hubWithHosts()
    const fleet = start(['watch'], environment)
    await says(fleet.child, fleet.output, /^\S+Z {2}2 hosts: 2 up\n\S+Z {2}2 hosts: 2 up\n/)
    fleet.child.kill('SIGTERM')
    expect(await fleet.ended).toMatchObject({ code: 0, stderr: '' })

    const host = start(['watch', 'web-1'], environment)
    await says(host.child, host.output, /web-1 up {2}CPU 12 %/)
    agents[0]?.tick(nowMs + 1000, [9900, 500, 1000, 42])
    await says(host.child, host.output, /web-1 up {2}CPU 99 %/)
    host.child.kill('SIGINT')
    expect(await host.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it.each(['onFiles', 'overApi'] as const)('takes off what is retired: %s', async (way) => {
    const { hub, [way]: environment } = await hubWithHosts()
    const admin = await administratorOf(hub)
    const { id } = hub.fleet.list().find(({ name }) => name === 'db-1') ?? { id: 0 }
    const [fleet, host] = [start(['watch'], environment), start(['watch', 'db-1'], environment)]
    await Promise.all([
      says(fleet.child, fleet.output, /2 hosts: 2 up/),
      says(host.child, host.output, /db-1 up/),
    ])
    await admin.post(`/api/v1/hosts/${id}/retire`, {})
    await says(fleet.child, fleet.output, /1 host: 1 up/)
    expect(await host.ended).toMatchObject({
      code: 1,
      stderr: 'vigie: db-1 is in the fleet no more\n',
    })
    await admin.post(`/api/v1/hosts/${id}/bring-back`, {})
    await says(fleet.child, fleet.output, /1 host: 1 up[^]*2 hosts/)
    fleet.child.kill('SIGTERM')
    expect((await fleet.ended).code).toBe(0)
  })

  it('goes on when the hub is away, and says so', async () => {
    const { hub, overApi } = await hubWithHosts()
    const { child, output, ended } = start(['watch'], overApi)
    await says(child, output, /2 hosts/)
    await hub.close()
    // It is told so at once, and then again and again that nobody is there.
    while (!/closed the connection[^]*ECONNREFUSED[^]*ECONNREFUSED/.test(output.stderr))
      if (child.stderr) await once(child.stderr, 'data')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })
})

// util-linux's script, which gives its command a terminal.
const hasScript = String(spawnSync('script', ['--version']).stdout).includes('util-linux')

function inTerminal(args: readonly string[], environment: Record<string, string>) {
  const command = [process.execPath, VIGIE, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', `stty rows 20 cols 130; ${command}`, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm-256color', TZ: 'UTC', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  return { child, output, ended: once(child, 'close').then(([code]) => code as number | null) }
}

describe.skipIf(!hasScript)('vigie watch in a terminal', () => {
  const ESCAPE = '\u001b['

  it('redraws in place with colours, and leaves the terminal as it was', async () => {
    const { onFiles } = await hubWithHosts()
    const { child, output, ended } = inTerminal(['watch'], onFiles)
    await says(child, output, /web-1.*(Vigie.*){2}web-1/s)
    expect(output.stdout).toContain(`${ESCAPE}?25l`)
    expect(output.stdout).toContain(`${ESCAPE}32m● up`)
    const screen = stripVTControlCharacters(output.stdout)
    expect(screen).toContain('q quits')
    expect(screen).toMatch(/● up +db-1 +12\u00a0% .* 50\u00a0% /)
    child.stdin.write('q')
    expect(await ended).toBe(0)
    expect(output.stdout.lastIndexOf(`${ESCAPE}?25h`)).toBeGreaterThan(
      output.stdout.lastIndexOf(`${ESCAPE}?25l`),
    )
  })

  it('has no colours where nobody wants them, and ends with Ctrl-C', async () => {
    const { onFiles } = await hubWithHosts()
    const { child, output, ended } = inTerminal(['watch', 'db-1'], { ...onFiles, NO_COLOR: '1' })
    await says(child, output, /db-1 {2}up: it reports.*CPU +12 %/s)
    expect(output.stdout).not.toMatch(/\u001b\[\d+m/)
    child.stdin.write('\u0003')
    expect(await ended).toBe(0)
  })

  it('lets a host be chosen from a list, and makes its picture a file', async () => {
    const { onFiles } = await hubWithHosts()
    const out = join(await tempDirectory(), 'chosen.svg')
    const args = ['graph', '--out', out, '--last', '5min']
    const { child, output, ended } = inTerminal(args, onFiles)
    await says(child, output, /Which host\?.*web-1.*db-1/s)
    child.stdin.write('db')
    await says(child, output, /Which host\?[^?]*❯ db-1(?!.*web-1)/s)
    child.stdin.write('\r')
    expect(await ended).toBe(0)
    expect(readFileSync(out, 'utf8')).toContain('>db-1</text>')

    const escaped = inTerminal(args, onFiles)
    await says(escaped.child, escaped.output, /Which host\?.*web-1.*db-1/s)
    escaped.child.stdin.write('\u001b')
    expect(await escaped.ended).toBe(1)
    expect(escaped.output.stdout).toContain('vigie: no host was chosen')
  })

  it('has its cursor back when a bar of progress is interrupted', async () => {
    const { onFiles } = await hubWithHosts()
    const pipe = join(await tempDirectory(), 'never-written.ndjson')
    spawnSync('mkfifo', [pipe])
    const { child, output, ended } = inTerminal(['import', 'web-1', pipe], onFiles)
    await says(child, output, /reading \[/)
    child.stdin.write('\u0003')
    expect(await ended).toBe(130)
    expect(output.stdout.lastIndexOf(`${ESCAPE}?25h`)).toBeGreaterThan(
      output.stdout.lastIndexOf(`${ESCAPE}?25l`),
    )
  })
})
