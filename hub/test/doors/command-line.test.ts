// The command `vigie` as people run it: real processes, their output and their exit status.
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { HostSummary } from '@vigie/shared/api/host'
import { parseJoinToken } from '@vigie/shared/protocol/handshake'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory } from '../test-hub.ts'
import { run, start } from './command.ts'
import { Visitor } from './visitor.ts'

// Each test waits for several processes to start, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

interface Ready {
  readonly url: string
  readonly signInLink: string
}

describe('vigie hub', () => {
  it('starts, prints a link that makes the first administrator, and stops cleanly', async () => {
    const hub = start(['hub'], { VIGIE_DATA: await tempDirectory(), VIGIE_LISTEN: '127.0.0.1:0' })
    const [ready] = (await once(hub.child, 'message')) as [Ready]
    const { origin, pathname, hash } = new URL(ready.signInLink)
    expect({ origin, pathname }).toEqual({ origin: ready.url, pathname: '/welcome' })
    const claimed = await new Visitor({ address: ready.url }).post('/api/v1/sign-in-links/claim', {
      token: hash.slice(1),
      email: 'ada@example.org',
      password: 'correct horse battery',
    })
    expect(claimed.status).toBe(204)
    hub.child.kill('SIGTERM')
    const { code, stdout } = await hub.ended
    expect(code).toBe(0)
    expect(stdout).toContain(ready.signInLink)
  })

  it('says in one line why it cannot start', async () => {
    const occupant = createServer().listen(0, '127.0.0.1')
    await once(occupant, 'listening')
    onTestFinished(() => void occupant.close())
    const { port } = occupant.address() as { port: number }
    const data = await tempDirectory()
    const taken = await run(['hub'], { VIGIE_DATA: data, VIGIE_LISTEN: `127.0.0.1:${port}` })
    expect(taken).toMatchObject({ code: 1, stdout: '' })
    expect(taken.stderr).toMatch(/^vigie: 127\.0\.0\.1:\d+ is in use: .*VIGIE_LISTEN.*\n$/)

    const bad = await run(['hub'], { VIGIE_DATA: data, VIGIE_RETENTION: 'long' })
    expect(bad).toMatchObject({ code: 1, stdout: '' })
    expect(bad.stderr).toMatch(
      /^vigie: VIGIE_RETENTION in the environment is "long": allowed .*\n$/,
    )

    const notDirectory = join(data, 'file')
    writeFileSync(notDirectory, '')
    const unwritable = await run(['hub'], { VIGIE_DATA: notDirectory })
    expect(unwritable).toMatchObject({ code: 1, stdout: '' })
    expect(unwritable.stderr).toMatch(/^vigie: .*VIGIE_DATA.*\n$/)
  })
})

describe('vigie enrol', () => {
  it('invites a machine to a hub that runs', async () => {
    const hub = await startHub()
    const environment = { VIGIE_DATA: hub.dataDirectory, VIGIE_LISTEN: new URL(hub.address).host }
    const { code, stdout, stderr } = await run(['enrol', '--name', 'web-1', '--json'], environment)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const invitation = JSON.parse(stdout) as Record<string, unknown>
    expect(invitation).toEqual({
      windowsCommand: null,
      platforms: [],
      isLoopback: true,
      token: expect.any(String) as string,
      command: `npx vigie-agent join ${hub.address} ${String(invitation['token'])} && npx vigie-agent run`,
      expiresAtMs: expect.any(Number) as number,
    })
    const agent = new TestAgent({ hub: hub.address, token: String(invitation['token']) })
    expect((await agent.enter()).name).toBe('web-1')

    const forPeople = await run(['enrol'], {
      ...environment,
      VIGIE_PUBLIC_URL: 'https://v.example',
    })
    const command =
      /^ {2}npx vigie-agent join https:\/\/v\.example (\S+) && npx vigie-agent run$/m.exec(
        forPeople.stdout,
      )
    expect(parseJoinToken(command?.[1] ?? '')).toBeDefined()
  })

  it('says what is wrong: where there is no hub, or a name that no host may have', async () => {
    const data = join(await tempDirectory(), 'none')
    const none = await run(['enrol'], { VIGIE_DATA: data })
    expect(none).toMatchObject({ code: 1, stdout: '' })
    expect(none.stderr).toMatch(/^vigie: there is no hub in .*VIGIE_DATA.*\n$/)
    mkdirSync(data)
    const name = await run(['enrol', '--name', 'two words'], { VIGIE_DATA: data })
    expect(name).toMatchObject({ code: 2, stdout: '' })
    expect(name.stderr).toMatch(/^vigie: "two words" is not a name .*\n$/)
  })
})

describe('vigie hosts', () => {
  it('lists the fleet with what was stored last', async () => {
    const hub = await startHub()
    const environment = { VIGIE_DATA: hub.dataDirectory }
    expect((await run(['hosts'], environment)).stdout).toMatch(/^No hosts yet/)
    const { token } = await hub.enrolments.create({ name: 'web-1' })
    const agent = new TestAgent({ hub: hub.address, token })
    await agent.enter()
    const timeMs = Math.floor(Date.now() / 1000) * 1000
    await agent.acknowledged(agent.tick(timeMs, [1234, 500, 1000, 42]))

    const listed = JSON.parse((await run(['hosts', '--json'], environment)).stdout) as HostSummary[]
    expect(listed).toEqual([
      expect.objectContaining({
        id: 1,
        name: 'web-1',
        status: 'up',
        figures: expect.objectContaining({ timeMs, memoryRatio: 0.5 }) as object,
      }),
    ])
    expect(listed[0]?.lastSeenMs).toBeGreaterThanOrEqual(timeMs)
    const { stdout } = await run(['hosts'], environment)
    expect(stdout).toMatch(/^ID +NAME +STATUS +LAST SEEN .*\n1 +web-1 +up +\d+ s ago .* 50\.0 %/)
  })
})

describe('a hub elsewhere', () => {
  it('is asked for its hosts, and invites machines, with a token', async () => {
    const hub = await startHub()
    const here = { VIGIE_DATA: hub.dataDirectory }
    const viewer = (await run(['token', 'create', '--name', 'script'], here)).stdout.trim()
    expect(viewer).toMatch(/^vigie_[A-Za-z0-9_-]{43}$/)
    const made = await run(['token', 'create', '--name', 'ops', '--role', 'admin', '--json'], here)
    const { token: admin = '' } = JSON.parse(made.stdout) as Record<string, string>

    const nowhere = { VIGIE_DATA: join(await tempDirectory(), 'none') }
    const asAdmin = { ...nowhere, VIGIE_TOKEN: admin, VIGIE_HUB: hub.address }
    const invited = await run(['enrol', '--name', 'far', '--json'], asAdmin)
    const { token, command } = JSON.parse(invited.stdout) as Record<string, string>
    expect(command).toContain(`npx vigie-agent join ${hub.address} ${token ?? ''}`)
    await new TestAgent({ hub: hub.address, token: token ?? '' }).enter()

    const listed = await run(['hosts', '--json', '--hub', hub.address], {
      ...nowhere,
      VIGIE_TOKEN: viewer,
    })
    expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ id: 1, name: 'far' })])

    const refused = await run(['enrol'], { ...asAdmin, VIGIE_TOKEN: viewer })
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^vigie: .+ refused: An administrator can do this\.\n$/)
  })

  it('is said to be missing, wrong or without a token, in one line', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    const hub = `http://127.0.0.1:${port}`
    const away = await run(['hosts'], { VIGIE_HUB: hub, VIGIE_TOKEN: 'vigie_x' })
    expect(away).toMatchObject({ code: 1, stdout: '' })
    expect(away.stderr).toMatch(/^vigie: \S+ does not answer \(ECONNREFUSED\): [^\n]+\n$/)
    const tokenless = await run(['hosts', '--hub', hub], {})
    expect(tokenless.stderr).toMatch(/^vigie: \S+ wants a token: [^\n]+VIGIE_TOKEN\n$/)
    const wrong = await run(['hosts', '--hub', 'my hub'], { VIGIE_TOKEN: 'vigie_x' })
    expect(wrong.code).toBe(2)
    const role = await run(['token', 'create', '--name', 'x', '--role', 'owner'], {})
    expect(role).toMatchObject({
      code: 2,
      stderr: 'vigie: "owner" is not a role: viewer or admin\n',
    })
  })
})

describe('wrong usage', () => {
  it.each([[['enrl']], [['enrol', '--bogus']], [['hosts', 'extra']], [['token', 'create']]])(
    '%j ends with 2',
    async (args) => {
      const { code, stdout, stderr } = await run(args, {})
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^vigie: [^\n]+\n$/)
    },
  )
})
