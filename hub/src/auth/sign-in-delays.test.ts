import { expect, it } from 'vitest'
import { SignInDelays } from './sign-in-delays.ts'

function driven() {
  let nowMs = 0
  const delays = new SignInDelays({ nowMs: () => nowMs, elapsedMs: () => nowMs })
  return { delays, pass: (ms: number) => void (nowMs += ms) }
}

it('D1 five tries are free, then the wait doubles, up to five minutes', () => {
  const { delays, pass } = driven()
  for (let tries = 0; tries < 5; tries++) expect(delays.begin('ada')).toBe(0)
  const waits: number[] = []
  for (let tries = 0; tries < 12; tries++) {
    const waitMs = delays.begin('ada')
    waits.push(waitMs)
    pass(waitMs)
    expect(delays.begin('ada')).toBe(0)
  }
  expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000])
  expect(Math.max(...waits)).toBe(300_000)
})

it('D1 who tries while waiting waits no longer for it, and another account not at all', () => {
  const { delays, pass } = driven()
  for (let tries = 0; tries < 5; tries++) delays.begin('ada')
  for (let tries = 0; tries < 100; tries++) expect(delays.begin('ada')).toBe(1000)
  pass(999)
  expect(delays.begin('ada')).toBe(1)
  expect(delays.begin('eve')).toBe(0)
})

it('D4 a good try, or an hour of quiet, and all is forgotten', () => {
  const { delays, pass } = driven()
  for (let tries = 0; tries < 5; tries++) delays.begin('ada')
  delays.forget('ada')
  for (let tries = 0; tries < 5; tries++) expect(delays.begin('ada')).toBe(0)
  pass(3_600_000)
  for (let tries = 0; tries < 5; tries++) expect(delays.begin('ada')).toBe(0)
})
