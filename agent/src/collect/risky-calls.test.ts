import { describe, expect, it } from 'vitest'
import { BusyError, DeadlineError, RiskyCalls } from './risky-calls.ts'

const never = () => new Promise<never>(() => undefined)

describe('risky calls', () => {
  it('gives up waiting for a call and keeps count of it until it returns', async () => {
    const calls = new RiskyCalls(1)
    let answer: (text: string) => void = () => undefined
    const late = calls.call('a', 20, () => new Promise<string>((resolve) => (answer = resolve)))
    await expect(late).rejects.toBeInstanceOf(DeadlineError)
    expect(calls.overdue).toEqual(['a'])
    await expect(calls.call('a', 20, never)).rejects.toBeInstanceOf(BusyError)
    await expect(calls.call('b', 20, never)).rejects.toBeInstanceOf(BusyError)
    const waiting = calls.call('c', 10_000, () => Promise.resolve('c'))
    answer('at last')
    expect(await waiting).toBe('c')
    expect(calls.overdue).toEqual([])
    expect(calls.isAsked('a')).toBe(false)
  })

  it('never has more under way than it may, whoever waits', async () => {
    const calls = new RiskyCalls(2)
    let underWay = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++underWay)
      await Promise.resolve()
      underWay--
    }
    await Promise.all(Array.from({ length: 40 }, (_, key) => calls.call(String(key), 10_000, work)))
    expect(most).toBe(2)
  })

  it('hands on what a call fails with', async () => {
    const failing = new RiskyCalls(1).call('a', 1000, () => Promise.reject(new Error('stale')))
    await expect(failing).rejects.toThrow('stale')
  })
})
