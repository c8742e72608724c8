import { utimesSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { copyMachine } from '../../../fixtures/copy-machine.ts'
import { RiskyCalls } from '../risky-calls.ts'
import { readKernelUnits } from './auxiliary-vector.ts'
import { ProcessDetails } from './process-details.ts'
import { Processes } from './processes.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

function follow(root: string, units = { pageBytes: 4096, ticksPerS: 100 }) {
  const clock = { nowMs: 0 }
  const calls = new RiskyCalls(2)
  const details = new ProcessDetails(root, calls)
  const processes = new Processes({ root, units, details, monotonicMs: () => clock.nowMs })
  const lookAfter = (spanMs: number) => {
    clock.nowMs += spanMs
    return processes.look()
  }
  return { calls, lookAfter }
}

describe('processes', () => {
  it('shows rates from the second look on, and names that hold anything', async () => {
    const machine = copyMachine()
    closing.push(() => machine.remove(''))
    const { lookAfter } = follow(machine.root)
    const first = await lookAfter(0)
    expect(first).toMatchObject({ total: 1, top: [{ pid: 4321, memoryBytes: 2048 * 4096 }] })
    expect(first.top[0]).not.toHaveProperty('cpuRatio')

    machine.replace('proc/4321/stat', ' 150 50 ', ' 180 70 ')
    machine.replace('proc/4321/io', '\nwrite_bytes: 8192', '\nwrite_bytes: 18192')
    const { top } = await lookAfter(2000)
    expect(top).toMatchObject([
      {
        name: 'odd ) name',
        command: '/usr/bin/odd --flag a b',
        threads: 6,
        cpuRatio: 0.25,
        readBytesPerS: 0,
        writeBytesPerS: 5000,
      },
    ])
  })

  it('takes a pid that was given away for another process', async () => {
    const machine = copyMachine()
    closing.push(() => machine.remove(''))
    const { lookAfter } = follow(machine.root)
    await lookAfter(0)
    machine.replace('proc/4321/stat', ' 999 ', ' 5999 ')
    machine.write('proc/4321/cmdline', 'other\0')
    const { top } = await lookAfter(1000)
    expect(top[0]?.command).toBe('other')
    expect(top[0]).not.toHaveProperty('cpuRatio')
  })

  it('asks again for what it was not told', async () => {
    const machine = copyMachine()
    closing.push(() => machine.remove(''))
    const { calls, lookAfter } = follow(machine.root)
    let answer: () => void = () => undefined
    const never = new Promise<void>((resolve) => (answer = resolve))
    const stuck = ['a', 'b'].map((key) => calls.call(key, 60_000, () => never))
    const [untold] = (await lookAfter(0)).top
    expect(untold).toMatchObject({ name: 'odd ) name', command: '' })
    expect(untold).not.toHaveProperty('user')

    answer()
    await Promise.all(stuck)
    const [told] = (await lookAfter(1000)).top
    expect(told?.command).toBe('/usr/bin/odd --flag a b')
    expect(told?.user).toBeTypeOf('string')
  })

  it('names users as they are called now', async () => {
    const machine = copyMachine()
    closing.push(() => machine.remove(''))
    const { lookAfter } = follow(machine.root)
    const uid = process.getuid?.() ?? 0
    const names: unknown[] = []
    for (const [index, name] of ['ada', 'grace'].entries()) {
      machine.write('etc/passwd', `${name}:x:${uid}:0::/:/bin/sh\n`)
      utimesSync(`${machine.root}etc/passwd`, index, index)
      names.push((await lookAfter(1000)).top[0]?.user)
    }
    machine.remove('etc/passwd')
    names.push((await lookAfter(1000)).top[0]?.user)
    expect(names).toEqual(['ada', 'grace', String(uid)])
  })

  it('reads this machine', async () => {
    const { lookAfter } = follow('/', readKernelUnits())
    await lookAfter(0)
    const { total, top } = await lookAfter(1000)
    expect(total).toBeGreaterThan(0)
    expect(top.length).toBeGreaterThan(0)
    expect(top.length).toBeLessThanOrEqual(30)
    expect(Math.max(...top.map(({ memoryBytes }) => memoryBytes))).toBeGreaterThan(1e6)
  })
})
