// How much of the watch's runs is kept: a real database file. The rule is of docs/cert.md.
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'
import { expect, it, onTestFinished } from 'vitest'
import { tempDirectory } from '../../test/test-hub.ts'
import type { Learnt } from '../cert/watch-ports.ts'
import { openStore } from './store.ts'
import { KEPT_PAGES, KEPT_RUNS } from './watch-records.ts'

function failedRun(source: AdvisorySourceId, startedMs: number): Learnt {
  const screenshot = Uint8Array.of(137, 80, 78, 71)
  const failure = {
    kind: 'http-error',
    detail: 'HTTP 503',
    screenshot,
    html: '<h1>503</h1>',
  } as const
  return {
    run: {
      source,
      startedMs,
      tookMs: 1,
      outcome: 'failed',
      by: null,
      read: 0,
      added: [],
      changed: [],
      failures: [failure],
    },
    state: {
      source,
      baselineMs: null,
      lastRunMs: startedMs,
      failedInARow: 1,
      failingSinceMs: startedMs,
      troubledInARow: 1,
      troubledSinceMs: startedMs,
      toldTrouble: 'none',
      wellSinceMs: null,
      lastChangeMs: null,
    },
    advisories: [],
    news: [],
  }
}

it('V4: the last 1,000 runs of each source are kept, and what the last 20 that failed saw', async () => {
  const store = await openStore({
    dataDir: await tempDirectory(),
    onThreadDied(error) {
      throw error
    },
  })
  onTestFinished(async () => {
    await store.close()
  })
  const other = await store.watch.learn(failedRun('cisa-kev', 1))
  const first = await store.watch.learn(failedRun('certfr-alerts', 2))
  for (let run = 1; run < KEPT_RUNS + 2; run++) {
    await store.watch.learn(failedRun('certfr-alerts', 2 + run))
  }
  const runs = await store.watch.runs(2 * KEPT_RUNS)
  const alerts = runs.filter(({ source }) => source === 'certfr-alerts')
  expect(alerts).toHaveLength(KEPT_RUNS)
  // The two oldest went, and of no other source.
  expect(alerts.at(-1)?.id).toBe(first + 2)
  expect(runs.at(-1)?.id).toBe(other)

  const kept = runs.filter(({ failures }) => failures.some(({ hasPage }) => hasPage))
  expect(kept).toEqual(runs.slice(0, KEPT_PAGES))
  const [newest, oldest] = [kept[0]?.id ?? 0, kept.at(-1)?.id ?? 0]
  expect(await store.watch.screenshot(newest)).toHaveLength(4)
  expect(await store.watch.html(oldest)).toBe('<h1>503</h1>')
  expect(await store.watch.html(oldest - 1)).toBeUndefined()
})
