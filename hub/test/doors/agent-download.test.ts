// How a new machine gets its agent: the line of "Add a host", run by a real shell against a real hub, whose executable is a
// script that writes down how it was called.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { arch, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 30_000 })

const NAME = `vigie-agent-${process.platform}-${arch()}.gz`
const TOOLS = 'sh uname gzip sha256sum rm chmod cat echo'.split(' ')

const ELSEWHERE = [
  'hub-key.json',
  '..%2fhub-key.json',
  '%2e%2e%2fvigie.db',
  'vigie-agent-linux-x64',
  'vigie-agent-..%2f..%2fetc%2fpasswd.gz',
  'install.sh%00.gz',
  'SHA256SUMS',
  'install.sh/',
]

interface Commands {
  readonly token: string
  readonly command: string
  readonly windowsCommand: string | null
  readonly platforms: string[]
  readonly isLoopback: boolean
}

/** A hub with an executable that writes its arguments to `called`, and a machine with few programs. */
async function hubWithAgent() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-download-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const agents = join(folder, 'agents')
  const called = join(folder, 'called')
  mkdirSync(agents)
  const hub = await startHub({ agentsDirectory: agents })
  const program = `#!/bin/sh\n[ "$1" = --version ] || echo "$@" >${called}\n`
  writeFileSync(join(agents, NAME), gzipSync(program))
  const person = await administratorOf(hub)
  const invite = async () => (await person.post('/api/v1/enrolments', {})).json() as Commands
  return { folder, agents, called, hub, invite }
}

/** Runs a line as root's shell would on a machine with just these programs; its files go to the folder. */
async function paste(folder: string, line: string, fetcher: 'curl' | 'wget') {
  const bin = mkdtempSync(join(folder, 'bin-'))
  const shim = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  for (const tool of [...TOOLS, fetcher]) symlinkSync(where(tool), join(bin, tool))
  // The only programs of the system that are not its own: who asks, and where it may write.
  shim('id', 'echo 0')
  shim('mkdir', 'true')
  shim(
    'mktemp',
    `[ "$1" = -d ] && exec ${where('mktemp')} -d ${bin}/XXXXXX\nexec ${where('mktemp')} ${bin}/XXXXXX`,
  )
  const child = spawn(join(bin, 'sh'), ['-c', line], {
    env: { PATH: bin, no_proxy: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

function where(program: string): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find((path) => existsSync(path))
  if (!found) throw new Error(`${program} is not there`)
  return found
}

describe.skipIf(process.platform === 'win32')('the line of "Add a host"', () => {
  it.each(['curl', 'wget'] as const)('fetches with %s, checks, and installs', async (fetcher) => {
    const { folder, called, hub, invite } = await hubWithAgent()
    const { command, token, platforms, isLoopback } = await invite()
    expect(platforms).toEqual([`${process.platform}-${arch()}`])
    expect(isLoopback).toBe(true)
    const { code, said } = await paste(folder, command, fetcher)
    expect(said).toContain('fetching the agent')
    expect(readFileSync(called, 'utf8')).toBe(`install ${hub.address} ${token}\n`)
    expect(code).toBe(0)
  })

  it('runs nothing when the script is another than the page promised', async () => {
    const { folder, agents, called, invite } = await hubWithAgent()
    const { command } = await invite()
    writeFileSync(join(agents, NAME), gzipSync(`#!/bin/sh\ntouch ${called}\n`))
    const { code, said } = await paste(folder, command, 'curl')
    expect(code).not.toBe(0)
    expect(said).toContain('not what the page promised: nothing was run')
    expect(existsSync(called)).toBe(false)
  })

  it('installs nothing when the executable is another than the script promised', async () => {
    const { folder, agents, called, invite } = await hubWithAgent()
    const path = join(agents, NAME)
    utimesSync(path, 1_000_000, 1_000_000)
    const { command } = await invite()
    // So that the hub takes it for what it was: as though it were changed on the way.
    const { size } = statSync(path)
    const other = Buffer.alloc(size)
    gzipSync('#!/bin/sh\n').copy(other)
    writeFileSync(path, other)
    utimesSync(path, 1_000_000, 1_000_000)
    const { code, said } = await paste(folder, command, 'curl')
    expect(said).toContain('not what the hub promised: nothing was installed')
    expect(code).toBe(1)
    expect(existsSync(called)).toBe(false)
  })

  it('says what to do when the machine is of a kind that the hub has nothing for', async () => {
    const { folder, agents, invite } = await hubWithAgent()
    rmSync(join(agents, NAME))
    const other = process.platform === 'linux' ? 'darwin-arm64' : 'linux-arm64'
    writeFileSync(join(agents, `vigie-agent-${other}.gz`), gzipSync('other'))
    const { code, said } = await paste(folder, (await invite()).command, 'curl')
    expect(code).toBe(1)
    expect(said).toMatch(/vigie: this hub has no agent for .*npm run package -- --target/)
  })
})

describe('what a hub hands out', () => {
  it('is nothing until there is something, and then the line is for the sources', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    expect((await visitor.get('/agent/install.sh')).status).toBe(404)
    const person = await administratorOf(hub)
    const made = (await person.post('/api/v1/enrolments', {})).json() as Commands
    expect(made.command).toMatch(/^npx vigie-agent join /)
    expect(made).toMatchObject({ windowsCommand: null, platforms: [] })
  })

  it('needs no session, has a checksum, and has a line for Windows where there is one for it', async () => {
    const { agents, hub, invite } = await hubWithAgent()
    writeFileSync(join(agents, 'vigie-agent-win-x64.exe.gz'), gzipSync('MZ'))
    const { windowsCommand, platforms } = await invite()
    expect(platforms).toContain('win-x64')
    expect(windowsCommand).toMatch(/^\[Net\..*Tls12; \$f = .*Get-FileHash.* -ne '[0-9a-f]{64}'/)
    const visitor = new Visitor(hub)
    const script = await visitor.get('/agent/install.ps1')
    expect(script.text).toMatch(/Tls12\n[^]*vigie-agent-win-x64.exe.gz/)
    const answer = await visitor.get(`/agent/${NAME}`)
    expect(answer.headers['content-type']).toBe('application/gzip')
    expect(answer.bytes).toEqual(readFileSync(join(agents, NAME)))
  })

  it('is fetched 60 times a minute by one address', async () => {
    const { hub } = await hubWithAgent()
    const visitor = new Visitor(hub)
    const statuses = new Set<number>()
    for (let time = 1; time <= 60; time++) {
      statuses.add((await visitor.get('/agent/install.sh')).status)
    }
    expect([...statuses]).toEqual([200])
    expect((await visitor.get('/agent/install.sh')).problem()).toMatchObject({ status: 429 })
  })

  it('is nothing else, by no name', async () => {
    const { hub } = await hubWithAgent()
    for (const name of ELSEWHERE) {
      const { status } = await new Visitor(hub).get(`/agent/${name}`)
      expect([name, status]).toEqual([name, 404])
    }
  })
})
