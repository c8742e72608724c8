import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Machine, type MachineTiming, type Outcome } from './machine.ts'
import { verdictOf, type Verdict } from './verdict.ts'

const T0 = 1_795_400_000_000
const TIMING: MachineTiming = {
  forMs: 3000,
  clearForMs: 2000,
  intervalMs: 1000,
  onlyIfChanged: false,
}
const LETTERS: Readonly<Record<string, Verdict>> = {
  b: 'beyond',
  c: 'clear',
  '-': 'between',
  '?': 'missing',
}

/** A letter a second, a space for a second without a tick. Returns each outcome with its second. */
function play(machine: Machine, letters: string, timing: Partial<MachineTiming> = {}): string[] {
  return Array.from(letters, (letter) => LETTERS[letter]).flatMap((verdict, second) => {
    if (!verdict) return []
    const outcome = machine.step(verdict, T0 + second * 1000, { ...TIMING, ...timing })
    return outcome ? [`${outcome} ${second}`] : []
  })
}

describe('A1: the verdict of a value', () => {
  it('is beyond past the threshold, and clear from where it clears on', () => {
    const over = { operator: '>', threshold: 0.9, clearAt: 0.85 } as const
    expect([0.91, 0.9, 0.86, 0.85, NaN].map((value) => verdictOf(value, over))).toEqual([
      'beyond',
      'between',
      'between',
      'clear',
      'missing',
    ])
    const under = { operator: '<', threshold: 0.05, clearAt: 0.1 } as const
    expect([0.04, 0.05, 0.1].map((value) => verdictOf(value, under))).toEqual([
      'beyond',
      'between',
      'clear',
    ])
  })

  it('leaves nothing between where a rule clears where it fires', () => {
    const any = { operator: '>', threshold: 0, clearAt: 0 } as const
    expect([0, 1].map((value) => verdictOf(value, any))).toEqual(['clear', 'beyond'])
  })
})

describe('A2, A3: a machine that is beyond', () => {
  it('A2: is pending since the first tick, and fires at once without a duration', () => {
    const machine = new Machine()
    expect(play(machine, 'cb')).toEqual(['pending 1'])
    expect([machine.state, machine.sinceMs]).toEqual(['pending', T0 + 1000])
    const hasty = new Machine()
    expect(play(hasty, 'cb', { forMs: 0 })).toEqual(['fired 1'])
    expect([hasty.state, hasty.sinceMs]).toEqual(['firing', T0 + 1000])
  })

  it('A3: fires with the first tick that is the duration after since', () => {
    expect(play(new Machine(), 'bbbb')).toEqual(['pending 0', 'fired 3'])
    expect(play(new Machine(), 'b b  b')).toEqual(['pending 0', 'fired 5'])
  })

  it('A3: is well with a tick that is not beyond', () => {
    expect(play(new Machine(), 'bb-bbbb')).toEqual([
      'pending 0',
      'forgotten 2',
      'pending 3',
      'fired 6',
    ])
    expect(play(new Machine(), 'bbc')).toEqual(['pending 0', 'forgotten 2'])
  })

  it('A3: waits for missing ticks, for a minute', () => {
    expect(play(new Machine(), 'b????b')).toEqual(['pending 0', 'fired 5'])
    expect(play(new Machine(), `b${'?'.repeat(61)}`)).toEqual(['pending 0', 'forgotten 61'])
    expect(play(new Machine(), `b${' '.repeat(60)}bbbb`)).toEqual([
      'pending 0',
      'pending 61',
      'fired 64',
    ])
    expect(play(new Machine(), `b${' '.repeat(59)}b`)).toEqual(['pending 0', 'fired 60'])
  })

  it('A3: waits for three intervals where those are longer', () => {
    const timing = { intervalMs: 30_000 }
    expect(play(new Machine(), `b${' '.repeat(89)}b`, timing)).toEqual(['pending 0', 'fired 90'])
    expect(play(new Machine(), `b${' '.repeat(90)}b`, timing)).toEqual(['pending 0', 'pending 91'])
  })
})

describe('A4: a machine that fires', () => {
  it('resolves when it has been clear for the clearing time', () => {
    expect(play(new Machine(), 'bbbbccc')).toEqual(['pending 0', 'fired 3', 'resolved 6'])
  })

  it('begins anew with what is not clear, and is not moved by what is missing', () => {
    expect(play(new Machine(), 'bbbbcc-cc?c').at(-1)).toBe('resolved 10')
    expect(play(new Machine(), 'bbbbccbccb').at(-1)).toBe('fired 3')
  })

  it('counts no time that nobody saw', () => {
    expect(play(new Machine(), 'bbbbc         c').at(-1)).toBe('fired 3')
    expect(play(new Machine(), 'bbbbc         cc').at(-1)).toBe('resolved 15')
  })

  it('resolves with the first clear tick without a clearing time', () => {
    expect(play(new Machine(), 'bbbb-c', { clearForMs: 0 }).at(-1)).toBe('resolved 5')
  })
})

describe('A5: a machine that flaps', () => {
  const resolved = (count: number): Machine =>
    Machine.restored({
      state: 'well',
      sinceMs: null,
      resolutionsMs: Array.from({ length: count }, (_, index) => T0 - index * 1000),
    })

  it('has its clearing time doubled by each resolution of the last hour, up to 30 minutes', () => {
    const times = [0, 1, 2, 3, 30].map((count) => resolved(count).clearTimeMs(TIMING, T0))
    expect(times).toEqual([2000, 4000, 8000, 16_000, 1_800_000])
  })

  it('has 30 s to double where the rule has none, and no less than the rule has', () => {
    const times = [0, 1, 2].map((count) => resolved(count).clearTimeMs({ clearForMs: 0 }, T0))
    expect(times).toEqual([0, 60_000, 120_000])
    expect(resolved(3).clearTimeMs({ clearForMs: 7_200_000 }, T0)).toBe(7_200_000)
  })

  it('forgets after an hour', () => {
    const machine = resolved(1)
    expect(machine.clearTimeMs(TIMING, T0 + 3_599_999)).toBe(4000)
    expect(machine.clearTimeMs(TIMING, T0 + 3_600_000)).toBe(2000)
  })

  it('stays one incident', () => {
    const outcomes = play(new Machine(), 'bc'.repeat(200), { forMs: 0, clearForMs: 0 })
    expect(outcomes).toEqual(['fired 0', 'resolved 1', 'fired 2'])
  })

  it('counts what ended from outside', () => {
    const machine = new Machine()
    machine.end(T0)
    expect(machine.clearTimeMs(TIMING, T0)).toBe(2000)
    play(machine, 'bbbb')
    machine.end(T0 + 5000)
    expect(machine.state).toBe('well')
    expect(machine.clearTimeMs(TIMING, T0 + 5000)).toBe(4000)
  })
})

describe('A7: a rule for what changes', () => {
  const timing = { onlyIfChanged: true }

  it('says nothing of what was never clear', () => {
    expect(play(new Machine(), 'bbbbb-bbbbb', timing)).toEqual([])
    expect(play(new Machine(), 'bbcbbbb', timing)).toEqual(['pending 3', 'fired 6'])
  })

  it('goes on with what was clear before a restart', () => {
    const seed = { sinceMs: T0 - 1000, resolutionsMs: [] }
    expect(play(Machine.restored({ ...seed, state: 'pending' }), 'bbb', timing)).toEqual([
      'fired 2',
    ])
    const firing = Machine.restored({ ...seed, state: 'firing' })
    expect(play(firing, 'bcccbbbb', timing)).toEqual(['resolved 3', 'pending 4', 'fired 7'])
  })
})

it('A8: a pending machine goes on after a restart, unless it was long', () => {
  const seed = { state: 'pending', sinceMs: T0 - 600_000, resolutionsMs: [] } as const
  const timing = { forMs: 900_000 }
  expect(play(Machine.restored({ ...seed, lastBeyondMs: T0 - 60_000 }), 'b', timing)).toEqual([])
  expect(play(Machine.restored({ ...seed, lastBeyondMs: T0 - 61_000 }), 'b', timing)).toEqual([
    'pending 0',
  ])
})

it('L2: since moves back and never forward', () => {
  const machine = new Machine()
  play(machine, 'b')
  machine.moveBack(T0 - 5000)
  machine.moveBack(T0)
  expect(machine.sinceMs).toBe(T0 - 5000)
})

describe('whatever comes', () => {
  const steps = fc.array(
    fc.record({
      verdict: fc.constantFrom<Verdict>('beyond', 'clear', 'between', 'missing'),
      afterMs: fc.constantFrom(1000, 1000, 1000, 5000, 61_000, 400_000),
    }),
    { maxLength: 200 },
  )
  const timings = fc.record({
    forMs: fc.constantFrom(0, 1000, 5000, 120_000),
    clearForMs: fc.constantFrom(0, 2000, 60_000),
    intervalMs: fc.constantFrom(1000, 5000),
    onlyIfChanged: fc.boolean(),
  })

  it('nothing resolves that did not fire, nor fires twice, nor before its duration', () => {
    fc.assert(
      fc.property(steps, timings, (sequence, timing) => {
        const machine = new Machine()
        const allowed: Record<string, readonly Outcome[]> = {
          well: ['pending', 'fired', null],
          pending: ['pending', 'forgotten', 'fired', null],
          firing: ['resolved', null],
        }
        let timeMs = T0
        for (const { verdict, afterMs } of sequence) {
          timeMs += afterMs
          const before = machine.state
          const outcome = machine.step(verdict, timeMs, timing)
          expect(allowed[before]).toContain(outcome)
          if (before === 'well' && timing.forMs > 0) expect(outcome).not.toBe('fired')
          if (outcome === 'fired') {
            expect(timeMs - (machine.sinceMs ?? NaN)).toBeGreaterThanOrEqual(timing.forMs)
          }
          if (outcome === 'resolved') expect(verdict).toBe('clear')
        }
      }),
      { numRuns: 1000 },
    )
  })
})
