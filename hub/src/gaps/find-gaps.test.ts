// Each test is named by the rule of docs/protocol.md (section "Holes") that it proves.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceEvent, EvidenceRun, Stretch } from './evidence.ts'
import { findGaps, type GapQuery } from './find-gaps.ts'

const S = 1000
const MIN = 60 * S
const NOW_MS = 10 * 60 * MIN
/** The hub has run all the time. */
const ALWAYS: EvidenceRun = { startedMs: 0, heartbeatMs: NOW_MS, stoppedMs: null }

function gaps(change: Partial<GapQuery>) {
  const query = {
    fromMs: 0,
    toMs: NOW_MS,
    nowMs: NOW_MS,
    joinedMs: 0,
    events: [],
    hubRuns: [ALWAYS],
    maxHoles: 1000,
    ...change,
  }
  return findGaps({ stretches: [], ...query })
}

/** Ticks from the start to the hole, and from its end to now. */
function around(fromMs: number, toMs: number, stepMs = S): Stretch[] {
  return [
    { fromMs: 0, toMs: fromMs, stepMs },
    { fromMs: toMs, toMs: NOW_MS, stepMs },
  ]
}

const event = (timeMs: number, kind: string, detail: string | null = null): EvidenceEvent => ({
  timeMs,
  kind,
  detail,
})
const said = (fromMs: number, toMs: number, reason: string): EvidenceEvent =>
  event(toMs, 'gap', JSON.stringify({ fromMs, toMs, reason, ticks: 0 }))

/** The reasons of a hole of an hour that began after an hour, with the minutes at which each begins. */
function told(events: EvidenceEvent[], hubRuns: EvidenceRun[] = [ALWAYS]) {
  const { items } = gaps({ stretches: around(60 * MIN, 120 * MIN), events, hubRuns })
  expect(items.at(-1)?.toMs).toBe(120 * MIN)
  return items.map(({ fromMs, reason }) => [fromMs / MIN, reason])
}
const at = (minute: number): number => minute * MIN

describe('where a gap is', () => {
  it('G1: is between two ticks that are further apart than their interval', () => {
    const { items } = gaps({ stretches: around(5 * S, 7 * S) })
    expect(items).toEqual([{ fromMs: 5 * S, toMs: 7 * S, reason: 'unknown', isOpen: false }])
  })

  it.each([1, 5, 10, 60])('G1: is not between ticks at their interval of %i s', (seconds) => {
    const stepMs = seconds * S
    expect(gaps({ stretches: around(60 * S, 60 * S + stepMs, stepMs) }).items).toEqual([])
    expect(gaps({ stretches: around(60 * S, 60 * S + 2 * stepMs, stepMs) }).items).toHaveLength(1)
  })

  it('G1: is not where a tick is a little off its grid, or the interval becomes another', () => {
    expect(gaps({ stretches: around(5 * S, 6.3 * S) }).items).toEqual([])
    const [quick, slow] = [around(50 * S, 60 * S)[0], around(50 * S, 60 * S, 10 * S)[1]]
    expect(gaps({ stretches: [quick, slow].filter((each) => each !== undefined) }).items).toEqual(
      [],
    )
  })

  it('G2: is from the first tick on, whether the host had joined by then or not, and never before', () => {
    const stretches = around(5 * MIN, 30 * MIN).map(({ fromMs, toMs, stepMs }) => ({
      fromMs: Math.max(fromMs, MIN),
      toMs,
      stepMs,
    }))
    for (const joinedMs of [0, 20 * MIN, 40 * MIN]) {
      const { items } = gaps({ stretches, joinedMs })
      expect(items.map(({ fromMs, toMs }) => [fromMs / MIN, toMs / MIN])).toEqual([[5, 30]])
    }
    expect(gaps({ joinedMs: 20 * MIN }).items).toEqual([])
  })

  it('G3: is open when the host has been silent until now, longer than it may be late', () => {
    const silentFor = (ms: number, stepMs = S) =>
      gaps({ stretches: [{ fromMs: 0, toMs: NOW_MS - ms, stepMs }] }).items
    expect(silentFor(30 * S)).toEqual([])
    expect(silentFor(31 * S)).toMatchObject([{ isOpen: true, toMs: NOW_MS }])
    expect(silentFor(180 * S, 60 * S)).toEqual([])
    expect(silentFor(181 * S, 60 * S)).toMatchObject([{ isOpen: true }])
  })

  it('G4: of too many the longest are told, oldest first', () => {
    const stretches = [0, 10, 30, 60, 100].map((second) => ({
      fromMs: second * S,
      toMs: (second + 5) * S,
      stepMs: S,
    }))
    const cut = gaps({ stretches, maxHoles: 2, nowMs: 110 * S, toMs: 110 * S })
    expect(cut.isCut).toBe(true)
    expect(cut.items.map(({ fromMs, toMs }) => [fromMs / S, toMs / S])).toEqual([
      [35, 60],
      [65, 100],
    ])
  })

  it('G5: is cut by the range and explained whole', () => {
    const { items } = gaps({
      stretches: around(60 * MIN, 120 * MIN),
      events: [event(60 * MIN + 1, 'goodbye', 'stopped')],
      fromMs: 80 * MIN,
      toMs: 90 * MIN,
    })
    expect(items).toEqual([{ fromMs: 80 * MIN, toMs: 90 * MIN, reason: 'stopped', isOpen: false }])
  })
})

describe('why there is a gap', () => {
  it.each(['suspended', 'stalled'])('G6: what the agent says: %s', (reason) => {
    expect(told([said(at(60), at(120), reason)])).toEqual([[60, reason]])
  })

  it('G7: what had to make room did so for the time that the hub was away', () => {
    const runs = [
      { startedMs: 0, heartbeatMs: at(59), stoppedMs: at(59) },
      { startedMs: at(300), heartbeatMs: NOW_MS, stoppedMs: null },
    ]
    expect(told([said(at(60), at(120), 'dropped')], runs)).toEqual([[60, 'hub-away']])
  })

  it('G7: is what the agent says of itself stronger than what it says of ticks', () => {
    expect(told([said(at(80), at(90), 'stalled'), said(at(60), at(120), 'dropped')])).toEqual([
      [60, 'network'],
      [80, 'stalled'],
      [90, 'network'],
    ])
  })

  it.each(['retired', 'revoked'])('G17: the hub refused its agent: %s', (kind) => {
    const back = kind === 'retired' ? 'returned' : 'replaced'
    const ended = [event(at(60), kind), event(at(60), 'disconnected', kind)]
    expect(told(ended)).toEqual([[60, kind]])
    // Its agent comes back within minutes; one that does not is missed from then on.
    expect(told([...ended, event(at(115), back), event(at(120), 'connected')])).toEqual([
      [60, kind],
    ])
    expect(told([...ended, event(at(90), back)])).toEqual([
      [60, kind],
      [96, 'unknown'],
    ])
    // What it had to give up meanwhile, and that it was stopped, is for the same reason.
    const gaveUp = [event(at(119), back), said(at(70), at(110), 'dropped')]
    expect(told([...ended, ...gaveUp, event(at(119), 'started')])).toEqual([[60, kind]])
    // Of what happened before, it tells nothing; nor of a host that another was merged into.
    expect(told([event(at(10), kind), event(at(20), back), event(at(21), 'connected')])).toEqual([
      [60, 'unknown'],
    ])
    expect(told([event(at(10), kind), event(at(20), 'merged', 'old')])).toEqual([[60, 'unknown']])
  })

  it('G18: the same process came back at another interval', () => {
    const back = [event(at(120), 'paced', '5000'), event(at(120), 'connected')]
    expect(told([event(at(60), 'goodbye', 'stopped'), ...back])).toEqual([[60, 'slowed']])
    expect(
      told([event(at(60), 'goodbye', 'stopped'), event(at(119), 'started'), ...back.slice(1)]),
    ).toEqual([[60, 'stopped']])
  })

  it('G7: else it is the network that kept hub and agent apart', () => {
    expect(told([said(at(60), at(120), 'dropped')])).toEqual([[60, 'network']])
  })

  it('G8: an agent that was killed shows as stopped, by the start of its next process', () => {
    const lost = event(at(60) + 1, 'disconnected', 'abnormal')
    expect(told([lost, event(at(120) - S, 'started'), event(at(120), 'connected')])).toEqual([
      [60, 'stopped'],
    ])
    // Whatever the hub did meanwhile.
    const runs = [
      { startedMs: 0, heartbeatMs: at(70), stoppedMs: null },
      { startedMs: at(110), heartbeatMs: NOW_MS, stoppedMs: null },
    ]
    expect(told([event(at(120) - S, 'started')], runs)).toEqual([[60, 'stopped']])
  })

  it.each(['stopped', 'upgrading'])('G8: so does one that said goodbye: %s', (reason) => {
    const goodbye = event(at(60) + 300, 'goodbye', reason)
    expect(told([goodbye])).toEqual([[60, 'stopped']])
    expect(told([goodbye, event(at(120) - S, 'connected')])).toEqual([[60, 'stopped']])
  })

  it('G9: a new boot wins over a new process', () => {
    const restart = [event(at(119.9), 'booted', 'b2'), event(at(119.9), 'started')]
    expect(told(restart)).toEqual([[60, 'rebooted']])
    expect(told([event(at(60) + 1, 'goodbye', 'stopped'), ...restart])).toEqual([[60, 'rebooted']])
    expect(told([event(at(60) + 1, 'goodbye', 'rebooting')])).toEqual([[60, 'rebooted']])
  })

  it('G10: the hub was away, by its last sign of life or its end', () => {
    const back = { startedMs: at(119), heartbeatMs: NOW_MS, stoppedMs: null }
    const events = [event(at(120) - S, 'connected')]
    expect(told(events, [{ startedMs: 0, heartbeatMs: at(60), stoppedMs: null }, back])).toEqual([
      [60, 'hub-away'],
    ])
    expect(told(events, [{ startedMs: 0, heartbeatMs: at(9), stoppedMs: at(61) }, back])).toEqual([
      [60, 'hub-away'],
    ])
  })

  it('G10: nothing is known of the time before the hub’s first run', () => {
    expect(told([], [{ startedMs: at(200), heartbeatMs: NOW_MS, stoppedMs: null }])).toEqual([
      [60, 'unknown'],
    ])
  })

  it('G16: of the time before a host has joined only its agent’s word counts', () => {
    const runs = [
      { startedMs: 0, heartbeatMs: at(70), stoppedMs: at(70) },
      { startedMs: at(80), heartbeatMs: NOW_MS, stoppedMs: null },
    ]
    const events = [event(at(95), 'started'), event(at(100), 'joined'), event(at(100), 'connected')]
    const before = (words: EvidenceEvent[] = []) =>
      gaps({
        stretches: around(at(60), at(120)),
        events: [...words, ...events],
        hubRuns: runs,
        joinedMs: at(100),
      }).items.map(({ fromMs, reason }) => [fromMs / MIN, reason])
    expect(before()).toEqual([[60, 'unknown']])
    expect(before([said(at(62), at(90), 'suspended')])).toEqual([
      [60, 'unknown'],
      [62, 'suspended'],
      [90, 'unknown'],
    ])
  })

  it.each(['abnormal', 'timeout'])('G11: the network, from %s to the return', (close) => {
    const lost = event(at(60) + 30 * S, 'disconnected', close)
    expect(told([lost, event(at(120) - S, 'connected')])).toEqual([[60, 'network']])
  })

  it('G12: what nobody explains is unknown', () => {
    expect(told([])).toEqual([[60, 'unknown']])
    expect(told([said(at(60), at(70), 'stalled')])).toEqual([
      [60, 'stalled'],
      [70, 'unknown'],
    ])
  })

  it('G13: a gap is cut where its reason changes: suspended, then the hub was away', () => {
    const runs = [
      { startedMs: 0, heartbeatMs: at(20), stoppedMs: at(80) },
      { startedMs: at(119), heartbeatMs: NOW_MS, stoppedMs: null },
    ]
    expect(told([said(at(60), at(90), 'suspended')], runs)).toEqual([
      [60, 'suspended'],
      [90, 'hub-away'],
    ])
  })

  it('G13: suspended, and never woken: the process that came after it was a new boot’s', () => {
    const slept = said(at(60), at(90), 'suspended')
    expect(told([slept, event(at(119), 'started'), event(at(119), 'booted')])).toEqual([
      [60, 'suspended'],
      [90, 'rebooted'],
    ])
  })

  it('G14: what settles within a minute of a stronger reason belongs to it', () => {
    const runs = [
      { startedMs: 0, heartbeatMs: at(20), stoppedMs: at(60.5) },
      { startedMs: at(119.5), heartbeatMs: NOW_MS, stoppedMs: null },
    ]
    const events = [event(at(60.4), 'disconnected', 'hubStopping'), event(at(119.9), 'connected')]
    expect(told(events, runs)).toEqual([[60, 'hub-away']])
  })

  it('G14: a hub or a link that was away for a moment explains no long hole', () => {
    const runs = [
      { startedMs: 0, heartbeatMs: at(20), stoppedMs: at(80) },
      { startedMs: at(80.1), heartbeatMs: NOW_MS, stoppedMs: null },
    ]
    const flap = [event(at(90), 'disconnected', 'abnormal'), event(at(90.5), 'connected')]
    expect(told(flap, runs)).toEqual([[60, 'unknown']])
  })

  it('G15: an open gap is judged by what is known so far', () => {
    const stretches = [{ fromMs: 0, toMs: at(60), stepMs: S }]
    const open = (events: EvidenceEvent[]) =>
      gaps({ stretches, events }).items.map(({ reason, isOpen }) => [reason, isOpen])
    expect(open([event(at(60) + 1, 'goodbye', 'upgrading')])).toEqual([['stopped', true]])
    expect(open([event(at(60.5), 'disconnected', 'timeout')])).toEqual([['network', true]])
    // A connection that broke cleanly is as well that of an agent that was killed.
    expect(open([event(at(60) + 1, 'disconnected', 'abnormal')])).toEqual([['unknown', true]])
  })

  it('a pause of the agent just before its end does not become part of it', () => {
    const { items } = gaps({
      stretches: [
        ...around(at(60), at(61)).slice(0, 1),
        { fromMs: at(61), toMs: at(61), stepMs: S },
      ],
      events: [event(at(61) + 300, 'goodbye', 'stopped')],
    })
    expect(items.map(({ reason }) => reason)).toEqual(['unknown', 'stopped'])
  })
})

describe('the laws of gaps', () => {
  const seconds = fc.integer({ min: 0, max: 36_000 }).map((second) => second * S)
  const stretches = fc
    .tuple(fc.uniqueArray(seconds, { minLength: 2, maxLength: 16 }), fc.constantFrom(1, 5, 10, 60))
    .map(([times, step]) => {
      const stepMs = step * S
      const sorted = times.sort((a, b) => a - b)
      return sorted.slice(1).flatMap((end, index): Stretch[] => {
        const fromMs = sorted[index] ?? 0
        const ticks = Math.floor((end - fromMs) / stepMs)
        return index % 2 === 1 || ticks < 1
          ? []
          : [{ fromMs, toMs: fromMs + (ticks - 1) * stepMs, stepMs }]
      })
    })
  const words = fc
    .tuple(seconds, seconds, fc.constantFrom('suspended', 'stalled', 'dropped'))
    .map(([fromMs, toMs, reason]) => said(fromMs, toMs, reason))
  const plain = fc
    .tuple(
      seconds,
      fc.constantFrom('started', 'booted', 'goodbye', 'connected', 'disconnected', 'joined'),
      fc.constantFrom(null, 'stopped', 'rebooting', 'timeout', 'abnormal'),
    )
    .map(([timeMs, kind, detail]) => event(timeMs, kind, detail))
  const events = fc
    .array(fc.oneof(words, plain), { maxLength: 20 })
    .map((all) => all.sort((a, b) => a.timeMs - b.timeMs))
  const hubRuns = fc.uniqueArray(seconds, { maxLength: 8 }).map((times) => {
    const sorted = times.sort((a, b) => a - b)
    return sorted.flatMap((startedMs, index): EvidenceRun[] => {
      const endMs = sorted[index + 1]
      if (index % 2 === 1) return []
      return [
        {
          startedMs,
          heartbeatMs: endMs ?? NOW_MS,
          stoppedMs: index % 4 === 0 ? (endMs ?? null) : null,
        },
      ]
    })
  })
  const range = fc.tuple(seconds, seconds).map(([a, b]) => ({
    fromMs: Math.min(a, b),
    toMs: Math.max(a, b) + 1,
  }))

  it('are ordered, disjoint, within the range, over no tick, and they cover every hole', () => {
    fc.assert(
      fc.property(stretches, events, hubRuns, range, (ticks, happened, runs, { fromMs, toMs }) => {
        const query = { stretches: ticks, events: happened, hubRuns: runs, fromMs, toMs }
        const { items } = gaps(query)
        items.forEach((gap, index) => {
          expect(gap.fromMs).toBeLessThan(gap.toMs)
          expect(gap.fromMs).toBeGreaterThanOrEqual(items[index - 1]?.toMs ?? fromMs)
          expect(gap.toMs).toBeLessThanOrEqual(toMs)
          for (const stretch of ticks) {
            expect(gap.fromMs >= stretch.toMs || gap.toMs <= stretch.fromMs).toBe(true)
          }
        })
        const holesMs = ticks.slice(1).reduce((sum, next, index) => {
          const before = ticks[index]
          if (!before || next.fromMs - before.toMs <= 1.5 * next.stepMs) return sum
          return sum + Math.max(0, Math.min(next.fromMs, toMs) - Math.max(before.toMs, fromMs))
        }, 0)
        const lastMs = ticks.at(-1)?.toMs ?? NOW_MS
        const openMs = items
          .filter((gap) => gap.fromMs >= lastMs)
          .reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0)
        const toldMs = items.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0)
        expect(toldMs - openMs).toBe(holesMs)
      }),
    )
  })

  it('a part of the range has the same gaps, cut', () => {
    fc.assert(
      fc.property(stretches, events, hubRuns, range, (ticks, happened, runs, { fromMs, toMs }) => {
        const query = { stretches: ticks, events: happened, hubRuns: runs }
        const whole = gaps(query).items.flatMap((gap) => {
          const part = {
            ...gap,
            fromMs: Math.max(gap.fromMs, fromMs),
            toMs: Math.min(gap.toMs, toMs),
          }
          return part.fromMs < part.toMs ? [part] : []
        })
        const times = ({ fromMs, toMs, reason }: (typeof whole)[number]) => [fromMs, toMs, reason]
        expect(gaps({ ...query, fromMs, toMs }).items.map(times)).toEqual(whole.map(times))
      }),
    )
  })
})
