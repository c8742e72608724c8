// backup, restore and doctor as people run them, beside a real hub whose agent is known again afterwards.
import { chmod, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { forkHub, invite } from '../hub-process.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory, type TestHub } from '../test-hub.ts'
import { run, start } from './command.ts'

vi.setConfig({ testTimeout: 90_000 })

async function hubWithAgent(): Promise<{ hub: TestHub; agent: TestAgent; hostId: number }> {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ name: 'web-1' })
  const agent = new TestAgent({ hub: hub.address, token })
  const { hostId } = await agent.enter()
  return { hub, agent, hostId }
}

const hourAgo = (): number => Math.floor(Date.now() / 1000) * 1000 - 3_600_000

describe('backup and restore', () => {
  it('a backup of a hub that runs makes a hub that its agents know', async () => {
    const { hub, agent, hostId } = await hubWithAgent()
    const startMs = hourAgo()
    for (let second = 0; second < 100; second++) {
      await agent.acknowledged(agent.tick(startMs + second * 1000))
    }
    const file = join(await tempDirectory(), 'vigie.backup')
    const aliases = '{"products":[{"id":"our-erp","names":["our erp"]}]}'
    await writeFile(join(hub.dataDirectory, 'product-aliases.json'), aliases)
    // The agent goes on sending: the copy is of one moment all the same.
    const writing = run(['backup', file], { VIGIE_DATA: hub.dataDirectory })
    let sent = 100
    const send = () => agent.acknowledged(agent.tick(startMs + sent++ * 1000))
    while (await Promise.race([send().then(() => true), writing.then(() => false)]));
    expect(await writing).toMatchObject({ code: 0, stderr: '' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await agent.close()
    await hub.close()

    const data = join(await tempDirectory(), 'restored')
    // What is written for the new machine stays.
    const settings = '{"retention":"10d"}'
    await mkdir(data)
    await writeFile(join(data, 'vigie.config.json'), settings, { mode: 0o600 })
    const restored = await run(['restore', file], { VIGIE_DATA: data })
    expect(restored).toMatchObject({ code: 0, stderr: '' })
    for (const name of await readdir(data)) {
      expect([name, (await stat(join(data, name))).mode & 0o077]).toEqual([name, 0])
    }
    expect(await readFile(join(data, 'hub-key.json'), 'utf8')).toBe(
      await readFile(join(hub.dataDirectory, 'hub-key.json'), 'utf8'),
    )
    expect(await readFile(join(data, 'product-aliases.json'), 'utf8')).toBe(aliases)
    expect(await readFile(join(data, 'vigie.config.json'), 'utf8')).toBe(settings)
    const again = await startHub({ dataDirectory: data })
    const known = new TestAgent({ hub: again.address, keys: agent.keys })
    const challenged = await known.greet()
    known.prove(challenged)
    expect((await known.hears('welcome')).hostId).toBe(hostId)
    const times: number[] = []
    for await (const { block } of again.store.history.runs({ hostId, fromMs: 0, toMs: 9e15 })) {
      block.present.forEach((_, tick) => times.push(block.startMs + tick * block.stepMs))
    }
    expect(times.length).toBeGreaterThanOrEqual(100)
    expect(times).toEqual(times.map((_, second) => startMs + second * 1000))
  })

  it('refuses to replace, and to restore over a hub, unless it is told to', async () => {
    const { hub } = await hubWithAgent()
    const environment = { VIGIE_DATA: hub.dataDirectory }
    const file = join(await tempDirectory(), 'b')
    await writeFile(file, 'precious')
    const refused = await run(['backup', file], environment)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^vigie: .+ is there already: .+--force\n$/)
    expect(await readFile(file, 'utf8')).toBe('precious')
    expect(await run(['backup', '--force', file], environment)).toMatchObject({ code: 0 })

    const running = await run(['restore', file], environment)
    expect(running.code).toBe(1)
    expect(running.stderr).toMatch(/^vigie: .+ is in use by another hub: .+\n$/)
    await hub.close()
    const standing = await run(['restore', file], environment)
    expect(standing.code).toBe(1)
    expect(standing.stderr).toMatch(/^vigie: .+ has a hub already .+--force.+\n$/)

    const key = await readFile(join(hub.dataDirectory, 'hub-key.json'), 'utf8')
    expect(await run(['restore', '--force', file], environment)).toMatchObject({ code: 0 })
    const aside = (await readdir(hub.dataDirectory)).find((name) => name.startsWith('before-'))
    expect(await readFile(join(hub.dataDirectory, aside ?? '', 'hub-key.json'), 'utf8')).toBe(key)
    expect((await startHub({ dataDirectory: hub.dataDirectory })).fleet.list()).toHaveLength(1)
  })

  it('says in one line what is wrong with a file that is no backup, and leaves the directory alone', async () => {
    const { hub } = await hubWithAgent()
    const directory = await tempDirectory()
    const at = (name: string) => join(directory, name)
    const good = at('good')
    await run(['backup', good], { VIGIE_DATA: hub.dataDirectory })
    const bytes = await readFile(good)

    await writeFile(at('short'), bytes)
    await truncate(at('short'), bytes.length - 4096)
    await writeFile(at('text'), 'a text that is long enough to be taken for something else')
    await writeFile(at('empty'), '')
    new Database(at('foreign')).exec('create table t (a)').close()
    await writeFile(at('newer'), bytes)
    const newer = new Database(at('newer'))
    newer.exec("insert into kysely_migration values ('9999-from-tomorrow', '')").close()
    const rotten = Buffer.from(bytes)
    rotten.fill(0xff, 4096, 8192)
    await writeFile(at('rotten'), rotten)

    const data = join(directory, 'data')
    const words = {
      short: 'is damaged or cut short',
      text: 'is no backup of a hub',
      empty: 'no backup of a hub',
      foreign: 'no backup of a hub',
      rotten: 'is damaged',
      newer: '9999-from-tomorrow',
      missing: 'there is no ',
    }
    for (const [name, expected] of Object.entries(words)) {
      const { code, stdout, stderr } = await run(['restore', at(name)], { VIGIE_DATA: data })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(expected)
      expect(stderr).toMatch(/^vigie: [^\n]+\n$/)
    }
    expect(await readdir(directory)).not.toContain('data')
  })

  it('a backup that is interrupted leaves nothing', async () => {
    const { hub } = await hubWithAgent()
    const filler = new Database(join(hub.dataDirectory, 'vigie.db'))
    filler.exec('create table filler (a blob)')
    const insert = filler.prepare('insert into filler values (zeroblob(1000000))')
    filler.transaction(() => {
      for (let megabyte = 0; megabyte < 300; megabyte++) insert.run()
    })()
    filler.close()
    const directory = await tempDirectory()
    const { child, ended } = start(['backup', join(directory, 'b')], {
      VIGIE_DATA: hub.dataDirectory,
    })
    await vi.waitFor(async () => expect(await readdir(directory)).not.toEqual([]), {
      timeout: 30_000,
      interval: 5,
    })
    child.kill('SIGINT')
    expect((await ended).code).not.toBe(0)
    expect(await readdir(directory)).toEqual([])
  })
})

describe('doctor', () => {
  it('finds nothing wrong with a hub that runs, and changes nothing', async () => {
    const data = await tempDirectory()
    // Not by what tests make: its files are to be as a hub makes them.
    const hub = await forkHub(data)
    onTestFinished(() => hub.kill())
    const [token = ''] = await invite(data, 1)
    const agent = new TestAgent({ hub: hub.address, token })
    await agent.enter()
    await agent.acknowledged(agent.tick(hourAgo()))
    const environment = { VIGIE_DATA: data, VIGIE_LISTEN: new URL(hub.address).host }
    const { code, stdout, stderr } = await run(['doctor'], environment)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('runs and answers')
    expect(stdout).toContain('1 not yet sealed were read')
    await agent.close()
  })

  it('names what is wrong, each in a line with what to do', async () => {
    const { hub, agent } = await hubWithAgent()
    for (let second = 0; second < 5; second++) {
      await agent.acknowledged(agent.tick(hourAgo() + second * 1000))
    }
    await agent.close()
    await hub.close()
    const database = new Database(join(hub.dataDirectory, 'vigie.db'))
    database.exec("update tick set payload = x'00' where time_ms = (select min(time_ms) from tick)")
    database.exec("insert into sealed_part values (1, 0, 0, 1, x'01ff')")
    database.exec('update hub_run set heartbeat_ms = 9000000000000')
    database.close()
    await chmod(join(hub.dataDirectory, 'hub-key.json'), 0o644)
    await chmod(join(hub.dataDirectory, 'auth-secret'), 0o640)
    const { code, stdout, stderr } = await run(['doctor'], {
      VIGIE_DATA: hub.dataDirectory,
      VIGIE_MIN_FREE_DISK: '900000TB',
    })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const lines = stdout.trim().split('\n')
    const wrong = lines
      .filter((line) => line.startsWith('WRONG'))
      .map((line) => line.split(/ +/)[1])
    expect(wrong).toEqual(['files', 'room', 'clock', 'hours', 'ticks'])
    expect(stdout).toMatch(/chmod go= .*hub-key\.json .*auth-secret/)

    const nowhere = await run(['doctor'], { VIGIE_DATA: join(hub.dataDirectory, 'none') })
    expect(nowhere).toMatchObject({ code: 1 })
    expect(nowhere.stdout).toContain('start it once')
  })

  it('says when the database is damaged', async () => {
    const { hub, agent } = await hubWithAgent()
    await agent.close()
    await hub.close()
    const path = join(hub.dataDirectory, 'vigie.db')
    const bytes = await readFile(path)
    bytes.fill(0xff, 4096 * 3, 4096 * 5)
    await writeFile(path, bytes)
    const { code, stdout } = await run(['doctor'], { VIGIE_DATA: hub.dataDirectory })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^WRONG +database .*restore a backup$/m)
  })
})
