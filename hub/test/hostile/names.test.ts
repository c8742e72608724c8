// Names that a machine gives to hurt whoever reads them: in the terminal, in pictures, in CSV, in figures, over HTTP they are
// text, and of what they hold nothing is run, drawn or obeyed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseSeries, tableRevision } from '@vigie/shared/metrics/series'
import { run } from '../doors/command.ts'
import { Visitor } from '../doors/visitor.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'

/** Sets a title, clears the screen, hides text by a C1 control, breaks lines and headers, ends an element. */
const EVIL =
  '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\nSet-Cookie: a=b\r\n"><script>alert(1)</script>${x}=cmd'
const MOUNT = '/mnt/"><img src=x onerror=alert(1)>'
const DISK = `system.filesystem.usage{system.filesystem.mountpoint=${JSON.stringify(MOUNT)},system.filesystem.state="used"}`

const ends: (() => Promise<void>)[] = []
let hub: TestHub
let hostId = 0
let environment: Record<string, string>

beforeAll(async () => {
  hub = await startHub({}, (end) => ends.push(end))
  const enrolment = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token: enrolment.token, hostname: EVIL })
  ends.push(() => agent.close())
  ;({ hostId } = await agent.enter())
  const process = { pid: 1, name: EVIL.slice(0, 60), user: 'x' }
  agent.say({
    type: 'inventory',
    hash: 'h',
    inventory: {
      hostname: EVIL,
      os: { id: 'i', name: EVIL, version: 'v', kernel: 'k', architecture: 'a' },
      cpu: { model: EVIL, logicalCount: 1 },
      memoryBytes: 1,
      disks: [],
      filesystems: [],
      interfaces: [],
      timezone: 'UTC',
      agentVersion: '0.1.0',
    },
  })
  const snapshot = { timeMs: Date.now(), users: [], failedUnits: [process.name] }
  agent.say({ type: 'snapshot', snapshot })
  const keys = ['system.cpu.utilization', DISK]
  const revision = tableRevision(keys)
  agent.say({ type: 'series', revision, keys })
  const startMs = Math.floor(Date.now() / 1000) * 1000
  const block = { revision, stepMs: 1000, present: Uint8Array.of(1, 1) }
  await agent.acknowledged(
    agent.sendBlock({ ...block, startMs: startMs - 1000, values: Float64Array.of(1, 2, 3, 4) }),
  )
  const { token } = await hub.tokens.create({ name: 'a program', role: 'admin' })
  environment = { VIGIE_HUB: hub.address, VIGIE_TOKEN: token }
}, 60_000)

afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

describe('in a terminal', () => {
  it.each(['hosts', 'show ID', 'show ID --json', 'export ID --last 1h --format csv'])(
    '%s writes no control character',
    async (line) => {
      const written = line.split(' ').map((arg) => (arg === 'ID' ? String(hostId) : arg))
      const { stdout, stderr, code } = await run(written, environment)
      expect(stdout + stderr).not.toBe('')
      // Lines of CSV end as RFC 4180 says.
      const text = `${code} ${stdout}${stderr}`.replace(/\r?\n|\t/g, '')
      expect(text).not.toMatch(/\p{Cc}/u)
    },
  )
})

describe('over HTTP', () => {
  it('a picture holds them as text', async () => {
    const visitor = new Visitor(hub)
    const headers = { authorization: `Bearer ${environment['VIGIE_TOKEN'] ?? ''}` }
    const metric = 'metric=system.filesystem.usage&metric=system.cpu.utilization'
    const graph = await visitor.get(`/api/v1/hosts/${hostId}/graph.svg?${metric}`, headers)
    expect(graph.status).toBe(200)
    expect(graph.headers['content-security-policy']).toContain('sandbox')
    expect(graph.text).toContain('&lt;script')
    expect(graph.text).not.toMatch(/<script|<img|<foreignObject|\son\w+=/i)
    expect(graph.text.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u)
    expect(graph.headers['set-cookie']).toBeUndefined()
  })

  it('JSON is told to be JSON and nothing else', async () => {
    const visitor = new Visitor(hub)
    const headers = { authorization: `Bearer ${environment['VIGIE_TOKEN'] ?? ''}` }
    for (const path of ['/api/v1/hosts', `/api/v1/hosts/${hostId}`, '/api/v1/nothing<script>']) {
      const answer = await visitor.get(path, headers)
      expect(answer.headers['content-type'], path).toMatch(/^application\/(problem\+)?json/)
      expect(answer.headers['x-content-type-options'], path).toBe('nosniff')
      expect(answer.headers['set-cookie'], path).toBeUndefined()
    }
  })
})

it('a series that a spreadsheet would calculate is none', () => {
  for (const name of ['=cmd|calc!A1', '+1', '-1', '@SUM(1)', '\t=1', '"=1']) {
    expect(parseSeries(name), name).toBeUndefined()
  }
})
