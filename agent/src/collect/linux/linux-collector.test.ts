import { createHook } from 'node:async_hooks'
import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { fromSteps, METRICS } from '@vigie/shared/metrics/catalogue'
import { metricOf, parseSeries, tableRevision } from '@vigie/shared/metrics/series'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { copyMachine, type FixtureMachine } from '../../../fixtures/copy-machine.ts'
import type { Tick } from '../../tick.ts'
import type { Collector } from '../collection.ts'
import { createLinuxCollector } from './linux-collector.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function fixture(): FixtureMachine {
  const machine = copyMachine()
  closing.push(() => machine.remove(''))
  return machine
}

async function start(root = '/') {
  const clock = { nowMs: 1_000_000 }
  const warned: string[] = []
  const told: string[] = []
  const collector: Collector = await createLinuxCollector({
    root,
    onSnapshot: () => undefined,
    clockOffsetMs: () => 12,
    monotonicMs: () => clock.nowMs,
    logger: {
      warn: (_, message) => warned.push(message),
      info: (_, message) => told.push(message),
    },
  })
  closing.push(() => collector.close())
  const after = (spanMs: number) => {
    clock.nowMs += spanMs
    return collector.collect(clock.nowMs)
  }
  return { collector, after, warned, told }
}

/** Values in the catalogue's units; missing ones are left out. */
function valuesOf({ table, values }: Tick): Record<string, number> {
  const pairs = table.keys.map(
    (key, i) => [key, fromSteps(metricOf(key), values[i] ?? NaN)] as const,
  )
  return Object.fromEntries(pairs.filter(([, value]) => !Number.isNaN(value)))
}

const rx = 'system.network.io{network.interface.name="eth0",network.io.direction="receive"}'

describe('the collector on the fixture machine', () => {
  it('reads what is at once there', async () => {
    const { after } = await start(fixture().root)
    expect(valuesOf(await after(1000))).toMatchObject({
      'system.cpu.load_average.1m': 0.52,
      'system.cpu.load_average.15m': 2,
      'system.process.count{process.state="running"}': 3,
      'system.process.count{process.state="blocked"}': 1,
      'system.memory.limit': 8_000_000 * 1024,
      'system.memory.usage{system.memory.state="used"}': 4_500_000 * 1024,
      'system.memory.usage{system.memory.state="cached"}': 2_300_000 * 1024,
      'system.linux.memory.available': 5_000_000 * 1024,
      'system.linux.memory.dirty': 1234 * 1024,
      'system.paging.usage{system.paging.state="used"}': 500_000 * 1024,
      'system.network.connection.count{network.connection.state="in_use",network.transport="tcp"}': 15,
      'system.network.connection.count{network.connection.state="time_wait",network.transport="tcp"}': 7,
      'system.network.connection.count{network.connection.state="in_use",network.transport="udp"}': 6,
      'system.linux.file_descriptors{system.linux.file_descriptors.state="used"}': 2048,
      'system.linux.entropy': 256,
      'system.uptime': 12346,
      'system.network.up{network.interface.name="eth0"}': 1,
      'system.network.speed{network.interface.name="eth0"}': 1e9,
      'vigie.clock.offset': 0.012,
    })
  })

  it('says from the first tick whether it waits for a reboot', async () => {
    const machine = fixture()
    machine.write('run/reboot-required', '')
    const { after } = await start(machine.root)
    expect(valuesOf(await after(1000))).toMatchObject({ 'system.linux.reboot_required': 1 })
  })

  it('turns counters into rates over the time that has passed', async () => {
    const machine = fixture()
    const { after } = await start(machine.root)
    machine.replace('proc/stat', 'cpu  1000 100 500 8000 200', 'cpu  1060 100 520 8100 220')
    machine.replace('proc/stat', 'ctxt 90000', 'ctxt 91000')
    machine.replace('proc/vmstat', 'pgfault 50000', 'pgfault 50220')
    machine.replace('proc/vmstat', 'pgmajfault 300', 'pgmajfault 320')
    machine.replace('proc/pressure/io', 'total=1000000', 'total=1500000')
    machine.replace('proc/net/dev', '1000000    2000', '1004000    2010')
    machine.replace('proc/net/snmp', ' 40 0\n', ' 43 0\n')
    machine.replace(
      'proc/diskstats',
      'sda 1000 10 80000 2000 500 20 40000 1500 0 3000 3500',
      'sda 1010 10 80160 2050 500 20 40000 1500 0 4000 5500',
    )
    const values = valuesOf(await after(2000))
    expect(values).toMatchObject({
      'system.cpu.utilization': 0.4,
      'system.cpu.utilization{cpu.mode="user"}': 0.3,
      'system.cpu.utilization{cpu.mode="iowait"}': 0.1,
      'system.cpu.context_switches': 500,
      'system.paging.faults{system.paging.fault.type="major"}': 10,
      'system.paging.faults{system.paging.fault.type="minor"}': 100,
      'system.linux.pressure.stall{system.linux.pressure.resource="io",system.linux.pressure.type="some"}': 0.25,
      'system.linux.pressure.stall{system.linux.pressure.resource="io",system.linux.pressure.type="full"}': 0,
      'system.network.tcp.retransmits': 1.5,
      [rx]: 2000,
      'system.disk.io{disk.io.direction="read",system.device="sda"}': 40960,
      'system.disk.operations{disk.io.direction="read",system.device="sda"}': 5,
      'system.disk.await{disk.io.direction="read",system.device="sda"}': 0.005,
      'system.disk.utilization{system.device="sda"}': 0.5,
      'system.disk.queue{system.device="sda"}': 1,
    })
    // No write took place: how long one waits is not known.
    expect(values).not.toHaveProperty([
      'system.disk.await{disk.io.direction="write",system.device="sda"}',
    ])
  })

  it('gives a missing value, not a spike, for a counter that went backwards', async () => {
    const machine = fixture()
    const { after } = await start(machine.root)
    expect(valuesOf(await after(1000))[rx]).toBe(0)
    machine.replace('proc/net/dev', '1000000    2000', '     10       2000')
    expect(valuesOf(await after(1000))).not.toHaveProperty([rx])
    machine.replace('proc/net/dev', '     10    ', '    510    ')
    expect(valuesOf(await after(1000))[rx]).toBe(500)
  })

  it('gives no rate over a span that is too short to tell', async () => {
    const machine = fixture()
    const { after } = await start(machine.root)
    machine.replace('proc/net/dev', '1000000    2000', '1004000    2000')
    expect(valuesOf(await after(20))).not.toHaveProperty([rx])
  })

  it('leaves out partitions, loops, loopback, pseudo filesystems and second mounts', async () => {
    const { after } = await start(fixture().root)
    const named = (await after(1000)).table.keys.flatMap((key) => {
      const { attributes = {} } = parseSeries(key) ?? {}
      return [
        attributes['system.device'],
        attributes['network.interface.name'],
        attributes['system.filesystem.mountpoint'],
      ]
    })
    expect(new Set(named.filter((name) => name !== undefined))).toEqual(
      new Set(['sda', 'eth0', '/']),
    )
  })

  it('keeps one table while nothing appears or goes, and makes another when it does', async () => {
    const machine = fixture()
    const { collector, after } = await start(machine.root)
    await vi.waitFor(async () =>
      expect(valuesOf(await collector.collect(1))).toHaveProperty([
        'hw.temperature{hw.name="coretemp",hw.sensor_location="Package id 0"}',
      ]),
    )
    const first = await after(1000)
    expect((await after(1000)).table).toBe(first.table)
    expect(first.table.revision).toBe(tableRevision(first.table.keys))

    machine.append('proc/net/dev', '  eth1: 70 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n')
    machine.replace('proc/diskstats', 'sdb 0 0 0', 'sdb 9 0 72')
    const more = await after(1000)
    expect(more.table.revision).not.toBe(first.table.revision)
    const added = more.table.keys.filter((key) => !first.table.keys.includes(key))
    expect(added.every((key) => /"(eth1|sdb)"/.test(key))).toBe(true)
    expect(added).toHaveLength(8 + 9)
    expect(more.table.keys.filter((key) => first.table.keys.includes(key))).toEqual(
      first.table.keys,
    )
    // The series that were there go on without a gap.
    expect(valuesOf(more)[rx]).toBe(0)

    machine.replace('proc/net/dev', '  eth1: 70 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n', '')
    const fewer = await after(1000)
    expect(fewer.table.keys.some((key) => key.includes('eth1'))).toBe(false)
    expect(valuesOf(fewer)[rx]).toBe(0)
  })

  it('tells once of a source that cannot be read, and once that it can again', async () => {
    const machine = fixture()
    machine.remove('proc/loadavg')
    const { after, warned, told } = await start(machine.root)
    await after(1000)
    expect(valuesOf(await after(1000))).toHaveProperty(['system.memory.limit'])
    expect(warned.filter((message) => message.includes('read load'))).toHaveLength(1)
    machine.write('proc/loadavg', '0.10 0.20 0.30 1/2 3\n')
    expect(valuesOf(await after(1000))['system.cpu.load_average.5m']).toBe(0.2)
    expect(told).toEqual(['load can be read again'])
  })

  it('uses only series of the catalogue, with the attributes that it lists', async () => {
    const { after } = await start(fixture().root)
    for (const key of (await after(1000)).table.keys) {
      const series = parseSeries(key)
      const metric = METRICS.find(({ name }) => name === series?.metric)
      expect(metric?.attributes, key).toEqual(
        expect.arrayContaining(Object.keys(series?.attributes ?? {})),
      )
    }
  })
})

describe('the collector on this machine', () => {
  it('agrees with what Node knows of it', async () => {
    const { after } = await start()
    const values = valuesOf(await after(1000))
    expect(values['system.memory.limit']).toBe(os.totalmem())
    expect(Math.abs((values['system.uptime'] ?? 0) - os.uptime())).toBeLessThan(60)
    expect(
      values[
        'system.filesystem.usage{system.filesystem.mountpoint="/",system.filesystem.state="free"}'
      ],
    ).toBeGreaterThan(0)
    expect(values['vigie.agent.memory.usage']).toBeGreaterThan(1e6)
    for (const [key, value] of Object.entries(values)) {
      if (metricOf(key).unit === '1') expect(value, key).toBeLessThanOrEqual(1.001)
      if (!key.startsWith('hw.')) expect(value, key).toBeGreaterThanOrEqual(0)
    }
  })

  it('starts no process on the tick', async () => {
    const { after } = await start()
    let started = 0
    const hook = createHook({
      init: (_, type) => {
        if (type === 'PROCESSWRAP') started++
      },
    }).enable()
    closing.push(() => hook.disable())
    for (let tick = 0; tick < 20; tick++) await after(1000)
    expect(started).toBe(0)
    const { spawn } = await import('node:child_process')
    await new Promise((resolve) => spawn(process.execPath, ['--version']).on('close', resolve))
    expect(started, 'the hook sees processes').toBe(1)
  })

  it('goes on ticking while a sensor is stuck', async () => {
    const machine = fixture()
    const fifo = `${machine.root}sys/class/hwmon/hwmon0/temp2_input`
    execFileSync('mkfifo', [fifo])
    const { collector, after, warned } = await start(machine.root)
    closing.push(async () => {
      // A writer that comes and goes lets the reader end.
      const { open } = await import('node:fs/promises')
      await (await open(fifo, 'r+')).close()
      await vi.waitFor(() => expect(collector.hung()).toEqual([]))
    })
    const other = 'hw.temperature{hw.name="coretemp",hw.sensor_location="Package id 0"}'
    await vi.waitFor(
      async () => expect(valuesOf(await after(100))).toHaveProperty([other], 42.5),
      20_000,
    )
    const tick = await after(1000)
    expect(valuesOf(tick)).toHaveProperty(['system.memory.limit'])
    const stuck = tick.table.keys.indexOf(
      'hw.temperature{hw.name="coretemp",hw.sensor_location="temp2"}' as never,
    )
    expect(tick.values[stuck]).toBeNaN()
    expect(collector.hung()).toEqual([fifo])
    expect(warned).toEqual([`cannot read sensor ${fifo}: its values are missing`])
  }, 30_000)
})
