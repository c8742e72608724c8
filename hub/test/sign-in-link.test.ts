// When a hub prints a link that signs in: not where it would only stand in the journal of a service manager.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ADA, Visitor } from './doors/visitor.ts'
import { invite } from './hub-process.ts'
import { TestAgent } from './test-agent.ts'
import { tempDirectory } from './test-hub.ts'

const VIGIE_SOURCE = join(import.meta.dirname, '../src/cli/main.ts')

/** A hub as a service manager starts it: no terminal, no parent that listens. Resolves when it says where it listens. */
async function startService(data: string, args: readonly string[] = []) {
  const child = spawn(process.execPath, [VIGIE_SOURCE, 'hub', ...args], {
    env: {
      PATH: process.env['PATH'],
      VIGIE_DATA: data,
      VIGIE_LISTEN: '127.0.0.1:0',
      VIGIE_CERT_SOURCES: 'none',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', log: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.log += text))
  const said = async (from: 'stdout' | 'log', words: RegExp): Promise<string> => {
    for (;;) {
      const [, found] = words.exec(output[from]) ?? []
      if (found !== undefined) return found
      await once(from === 'log' ? child.stderr : child.stdout, 'data')
    }
  }
  return {
    address: await said('log', /"address":"(http:[^"]+)"/),
    said,
    async stop(): Promise<{ stdout: string; log: string }> {
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
      return output
    },
  }
}

const LINK = /http:\/\/\S+\/welcome#(\S+)/

async function claim(address: string, token: string, credentials = {}): Promise<number> {
  const visitor = new Visitor({ address })
  return (await visitor.post('/api/v1/sign-in-links/claim', { token, ...credentials })).status
}

it(
  'a service prints a sign-in link while it has no administrator, and later only when it is told to',
  { timeout: 90_000 },
  async () => {
    const data = await tempDirectory()
    const first = await startService(data)
    expect(await claim(first.address, await first.said('stdout', LINK), ADA)).toBe(204)
    await first.stop()

    const second = await startService(data)
    expect((await second.stop()).stdout).toBe('')

    const third = await startService(data, ['--sign-in-link'])
    expect(await claim(third.address, await third.said('stdout', LINK))).toBe(204)
    await third.stop()
  },
)

it('no line of the log has a key twice', { timeout: 60_000 }, async () => {
  const data = await tempDirectory()
  const [token = ''] = await invite(data, 1)
  const hub = await startService(data)
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  await agent.close()
  const lines = (await hub.stop()).log.trim().split('\n')
  expect(lines.some((line) => line.includes('"agentHostname":"test-host"'))).toBe(true)
  for (const line of lines) {
    const keys = [...line.matchAll(/[{,]"(\w+)":/g)].map(([, key]) => key)
    expect(new Set(keys).size, line).toBe(keys.length)
  }
})
