// show, graph, export and import as people run them: on the hub's own files and over its API, beside a hub that runs.
import { readdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { HostDetail } from '@vigie/shared/api/host'
import { fromSteps, toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import { describe, expect, it, vi } from 'vitest'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory } from '../test-hub.ts'
import { run, start } from './command.ts'

// Each test waits for several processes to start, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const FIXTURE = new URL('../../../shared/fixtures/host-10min.ndjson.gz', import.meta.url)

/** A hub with a host that has sent some ticks, and both ways to ask about it. */
async function hubWithHost() {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ name: 'web-1' })
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  const lastMs = Math.floor(Date.now() / 1000) * 1000
  for (const second of [9, 8, 4, 3, 2, 1, 0]) {
    agent.tick(lastMs - second * 1000, [1234, 500 + second, 1000, 42])
  }
  await agent.acknowledged(agent.framesSent)
  const { token: viewer } = await hub.tokens.create({ name: 'script', role: 'viewer' })
  const onFiles = { VIGIE_DATA: hub.dataDirectory }
  const overApi = { VIGIE_HUB: hub.address, VIGIE_TOKEN: viewer, VIGIE_DATA: '/nowhere' }
  return { hub, agent, lastMs, onFiles, overApi, ways: [onFiles, overApi] }
}

describe('vigie show', () => {
  it('tells the last known state, on files as over the API', async () => {
    const { ways, lastMs } = await hubWithHost()
    for (const way of ways) {
      const { stdout } = await run(['show', 'web-1', '--json'], way)
      const host = JSON.parse(stdout) as HostDetail
      expect(host).toMatchObject({ id: 1, name: 'web-1', status: 'up', inventory: null })
      expect(host.values).toMatchObject({ 'system.cpu.utilization': 0.1234 })
      expect(host.figures?.timeMs).toBe(lastMs)

      const text = (await run(['show', '1'], way)).stdout.replaceAll('\u00a0', ' ')
      expect(text).toMatch(/^web-1 \(1\)\n {2}Status +up: it reports\n/)
      expect(text).toMatch(/\nCPU\n {2}CPU +12 %\n/)
      const french = (await run(['show', '1'], { ...way, LANG: 'fr_FR.UTF-8' })).stdout
      expect(french).toContain('Processeur')
    }
  })
})

describe('vigie graph', () => {
  it('draws to standard output or into a file, on files as over the API', async () => {
    const { ways } = await hubWithHost()
    const directory = await tempDirectory()
    for (const [index, way] of ways.entries()) {
      const drawn = await run(['graph', 'web-1', '--last', '5min', '--lang', 'fr'], way)
      expect(drawn).toMatchObject({ code: 0, stderr: '' })
      expect(drawn.stdout).toMatch(/^<svg width="960".*<\/svg>\s*$/s)
      expect(drawn.stdout).toContain('>Processeur</text>')
      expect(drawn.stdout).toContain('UTC')

      const out = join(directory, `${index}.svg`)
      const metrics = ['--metric', 'system.memory.limit', '--metric', 'system.cpu.utilization']
      const filed = await run(['graph', '1', ...metrics, '--out', out, '--theme', 'dark'], way)
      expect(filed).toMatchObject({ code: 0, stdout: '', stderr: `wrote ${out}\n` })
      expect(readFileSync(out, 'utf8')).toContain('>Memory installed</text>')
    }
    expect(readdirSync(directory)).toEqual(['0.svg', '1.svg'])
  })

  it.each([
    [['graph'], 2, /name a host: `vigie graph HOST`/],
    [['graph', 'wbe-1'], 1, /there is no host "wbe-1": did you mean web-1\?/],
    [
      ['graph', 'web-1', '--metric', 'system.cpu.utilisation'],
      1,
      /did you mean system\.cpu\.utilization/,
    ],
    [['graph', 'web-1', '--metric', 'a{'], 2, /--metric is "a\{"/],
    [['graph', 'web-1', '--last', 'long'], 2, /--last is "long"/],
    [['graph', 'web-1', '--width', '10'], 2, /--width is "10": a whole number from 480 to 4000/],
    [['graph', 'web-1', '--theme', 'pink'], 2, /--theme is "pink": light or dark/],
    [['graph', 'web-1', '--lang', 'de'], 2, /--lang is "de": en or fr/],
    [
      ['graph', 'web-1', '--out', '/nowhere/x.svg'],
      1,
      /cannot write \/nowhere\/x\.svg: its directory/,
    ],
    [['export', 'web-1'], 2, /say how much: --last 24h/],
    [
      ['export', 'web-1', '--last', '1h', '--format', 'xml'],
      2,
      /--format is "xml": csv, json, ndjson/,
    ],
    [['import', 'web-1', '/nowhere/x.ndjson'], 1, /\/nowhere\/x\.ndjson does not exist/],
    [['import', 'web-9', '-'], 1, /there is no host "web-9": did you mean web-1\?/],
    [
      ['import', 'web-1', '-', '--hub', 'http://127.0.0.1:1'],
      2,
      /import works on the machine of the hub/,
    ],
  ])('%j says what is wrong, in one line', async (args, code, words) => {
    const { onFiles } = await hubWithHost()
    const ended = await run(args, onFiles)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(/^vigie: [^\n]+\n$/)
    expect(ended.stderr).toMatch(words)
  })
})

describe('vigie export', () => {
  it('writes every tick in each format, on files as over the API', async () => {
    const { ways, lastMs } = await hubWithHost()
    const range = ['--from', String(lastMs - 8000), '--to', String(lastMs - 1000)]
    const metric = [
      '--metric',
      'system.cpu.utilization',
      '--metric',
      'system.linux.memory.available',
    ]
    const times = [8, 4, 3, 2].map((second) => lastMs - second * 1000)
    for (const way of ways) {
      const lines = await run(['export', 'web-1', ...range, ...metric], way)
      expect(lines.stderr).toBe('')
      expect(lines.stdout.trim().split('\n')).toEqual(
        times.map((timeMs) => {
          const available = (500 + (lastMs - timeMs) / 1000) * 1024
          return `{"t":${timeMs},"v":{"system.cpu.utilization":0.1234,"system.linux.memory.available":${available}}}`
        }),
      )
      const json = await run(['export', '1', ...range, '--format', 'json'], way)
      expect(JSON.parse(json.stdout)).toMatchObject({
        host: { id: 1, name: 'web-1' },
        ticks: times.map((t) => ({ t })),
      })
      const csv = (await run(['export', '1', ...range, ...metric, '--format', 'csv'], way)).stdout
      const [head, ...rows] = csv.trim().split('\r\n')
      expect(head).toMatch(/^time,t,system\.[^,]+,system\.[^,]+$/)
      expect(rows.map((row) => Number(row.split(',')[1]))).toEqual(times)
    }
  })

  it('ends quietly when its reader has had enough, and leaves no half file when it is ended', async () => {
    const { onFiles } = await hubWithHost()
    const lines = fixtureLines(3600)
    await run(['import', 'web-1', '-'], onFiles, lines)
    const piped = start(['export', 'web-1', '--last', '1d'], onFiles)
    piped.child.stdout?.once('data', () => piped.child.stdout?.destroy())
    expect(await piped.ended).toMatchObject({ code: 0, stderr: '' })

    const directory = await tempDirectory()
    const names: string[] = []
    const watcher = watch(directory, (_, name) => {
      names.push(name ?? '')
      stopped.child.kill('SIGINT')
    })
    const out = join(directory, 'out.ndjson.gz')
    const stopped = start(['export', 'web-1', '--last', '1d', '--out', out], onFiles)
    const { code } = await stopped.ended
    watcher.close()
    expect(names[0]).toMatch(/^out\.ndjson\.gz\.\d+\.part$/)
    expect(code).not.toBe(0)
    expect(readdirSync(directory)).toEqual([])
  })
})

describe('vigie import', () => {
  it('takes in a recording beside a hub that runs, and export gives it back', async () => {
    const { hub, agent, onFiles } = await hubWithHost()
    const { token } = await hub.enrolments.create({ name: 'copy' })
    await new TestAgent({ hub: hub.address, token }).enter()
    const directory = await tempDirectory()
    const file = join(directory, 'recording.ndjson.gz')
    writeFileSync(file, gzipSync(fixtureLines(600)))

    const imported = await run(['import', 'copy', file], onFiles)
    expect(imported).toEqual({ code: 0, stdout: '', stderr: 'imported 600 ticks into copy\n' })
    const out = join(directory, 'out.ndjson.gz')
    expect(await run(['export', 'copy', '--last', '1d', '--out', out], onFiles)).toMatchObject({
      code: 0,
    })
    const text = gunzipSync(readFileSync(out)).toString()
    const read = (lines: string) =>
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    // What the catalogue knows was recorded in its steps; what it does not know is kept to a thousandth.
    expect(read(text)).toEqual(read(fixtureLines(600)).map(rounded))

    // Again: nothing changes, and the hub has gone on meanwhile.
    expect((await run(['import', 'copy', '-'], onFiles, text)).code).toBe(0)
    expect((await run(['export', 'copy', '--last', '1d'], onFiles)).stdout).toBe(text)
    await agent.acknowledged(agent.tick(Math.floor(Date.now() / 1000) * 1000 + 1000))
  })

  it('sees by itself whether a file is gzip', async () => {
    const { onFiles } = await hubWithHost()
    const directory = await tempDirectory()
    const contents = { 'plain.gz': fixtureLines(10), packed: gzipSync(fixtureLines(10)) }
    for (const [name, content] of Object.entries(contents)) {
      const file = join(directory, name)
      writeFileSync(file, content)
      const { stderr } = await run(['import', 'web-1', file], onFiles)
      expect(stderr).toBe('imported 10 ticks into web-1\n')
    }
  })

  it('imports nothing of a file with a bad line, wherever it is', async () => {
    const { hub, onFiles } = await hubWithHost()
    const { token } = await hub.enrolments.create({ name: 'copy' })
    await new TestAgent({ hub: hub.address, token }).enter()
    const good = fixtureLines(600)
    const ended = await run(['import', 'copy', '-'], onFiles, `${good}{"t":1,"v":{"a":1}}\n`)
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(
      /^vigie: line 601 is not later than the line before .*nothing was imported\n$/,
    )
    const cut = join(await tempDirectory(), 'cut.ndjson.gz')
    writeFileSync(cut, gzipSync(good).subarray(0, 5000))
    expect((await run(['import', 'copy', cut], onFiles)).stderr).toMatch(
      /ends too early.*nothing was imported\n$/,
    )
    const damaged = gzipSync(good)
    damaged.fill(0xff, 10, 400)
    writeFileSync(cut, damaged)
    expect((await run(['import', 'copy', cut], onFiles)).stderr).toMatch(
      /is damaged.*nothing was imported\n$/,
    )
    expect((await run(['export', 'copy', '--last', '1d'], onFiles)).stdout).toBe('')
  })
})

const END_MS = Math.floor(Date.now() / 60_000) * 60_000 - 120_000

/** The recording, moved to end some minutes ago: what is older than the retention would be left out. */
function fixtureLines(count: number): string {
  const lines = gunzipSync(readFileSync(FIXTURE)).toString().trim().split('\n')
  return Array.from({ length: count }, (_, index) => {
    const { v } = JSON.parse(lines[index % lines.length] ?? '') as { v: Record<string, number> }
    return `${JSON.stringify({ t: END_MS - (count - index) * 1000, v })}\n`
  }).join('')
}

/** As it is kept: in steps of each metric. */
function rounded(tick: unknown): unknown {
  const { t, v } = tick as { t: number; v: Record<string, number> }
  const kept = Object.entries(v).map(([key, value]) => {
    const metric = metricOf(key)
    return [key, fromSteps(metric, toSteps(metric, value))] as const
  })
  return { t, v: Object.fromEntries(kept) }
}
