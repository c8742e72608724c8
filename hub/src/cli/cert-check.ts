// Owns `vigie cert check`: every source that is on is read now, by the hub that runs, or here on its files.
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { failureWords, sourceName } from '@vigie/shared/advisories/failure-words'
import { capital } from '@vigie/shared/alerts/phrase'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { CertWatch, WatchRun } from '@vigie/shared/api/cert-watch'
import type { Locale } from '@vigie/shared/format/locale'
import { pino } from 'pino'
import packageJson from '../../package.json' with { type: 'json' }
import { createAdvisoryComparison } from '../advisory-comparison.ts'
import { createSources } from '../cert/create-sources.ts'
import { runSource } from '../cert/watch-run.ts'
import { systemClock } from '../clock.ts'
import { lockDirectory } from '../store/directory-lock.ts'
import { DATABASE_FILE } from '../store/store.ts'
import { CERT_WORDS } from './cert-words.ts'
import { CommandError } from './command-error.ts'
import { hubApi, type HubApi } from './hub-api.ts'
import { withHubFiles, type HubFiles } from './hub-files.ts'
import { withRunningHub } from './local-hub.ts'

const LOOK_EVERY_MS = 500
/** Every source has a deadline of its own; this is for a hub that stands still. */
const MOST_MS = 10 * 60_000

export interface CheckOptions {
  readonly hub?: string
  /** How many of the sources have been read. */
  readonly onProgress: (done: number, all: number) => void
}

/** The runs, one for each source. Throws a {@link CommandError} when no source is on. */
export async function checkNow({ hub, onProgress }: CheckOptions): Promise<WatchRun[]> {
  if (hubApi(hub)) return withRunningHub(hub, (api) => askHub(api, onProgress))
  const here = await withHubFiles(async (files) => {
    const lock = lockDirectory(files.settings.dataDirectory)
    if (!lock) return null
    try {
      return await checkHere(files, onProgress)
    } finally {
      lock.close()
    }
  })
  return here ?? withRunningHub(hub, (api) => askHub(api, onProgress))
}

async function askHub(api: HubApi, onProgress: CheckOptions['onProgress']): Promise<WatchRun[]> {
  const state = async (): Promise<CertWatch> => (await api.get('/api/v1/cert')) as CertWatch
  const before = await state()
  const last = Math.max(0, ...before.runs.map(({ id }) => id))
  const on = before.sources.filter(({ isOn }) => isOn)
  // What is being read already is waited for as well.
  if (on.length === 0 || on.some(({ isRunning }) => !isRunning)) {
    await api.tell('/api/v1/cert/check', {})
  }
  const untilMs = performance.now() + MOST_MS
  for (;;) {
    const { sources, runs } = await state()
    const running = sources.filter(({ isRunning }) => isRunning).length
    onProgress(on.length - running, on.length)
    if (running === 0) return runs.filter(({ id }) => id > last).reverse()
    if (performance.now() > untilMs) throw new CommandError('the hub is still reading: ask again')
    await delay(LOOK_EVERY_MS)
  }
}

/** What is news is mailed when the hub runs again. */
async function checkHere(
  { settings, store }: HubFiles,
  onProgress: CheckOptions['onProgress'],
): Promise<WatchRun[]> {
  const { dataDirectory } = settings
  const log = pino({ level: settings.logLevel }, pino.destination(2))
  const clock = systemClock
  const { on } = createSources(settings, { version: packageJson.version, clock })
  if (on.length === 0) throw new CommandError('no source is on: set VIGIE_CERT_SOURCES')
  const parts = {
    store: { ...store.watch, known: (id: WatchRun['source']) => store.advisories.known(id) },
    clock,
    log,
  }
  const runs: WatchRun[] = []
  const ending = new AbortController()
  const end = (): void => ending.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  try {
    for (const [index, source] of on.entries()) {
      onProgress(index, on.length)
      const outcome = await runSource(source, parts, ending.signal)
      if (!outcome) throw new CommandError('it was ended before it was done', { exitCode: 1 })
      const [run] = await store.watch.runs(1)
      if (run) runs.push(run)
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end)
  }
  const databasePath = join(dataDirectory, DATABASE_FILE)
  const debianDataUrl = on.find(({ id }) => id === 'debian')?.data?.url
  const request = { databasePath, dataDirectory, debianDataUrl }
  const comparison = createAdvisoryComparison(request, { log })
  try {
    await store.verdicts.change(await comparison.compare(), clock.nowMs())
  } finally {
    await comparison.close()
  }
  return runs
}

export function runLines(run: WatchRun, locale: Locale): string[] {
  const words = CERT_WORDS[locale]
  const source = capital(sourceName(run.source, locale))
  const failures = run.failures.map(
    ({ kind, detail }) => `  ${failureWords(kind, locale)} (${plainLine(detail, 200)})`,
  )
  if (run.outcome === 'failed') return [words.failed(source), ...failures]
  const s = (run.tookMs / 1000).toLocaleString(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    maximumFractionDigits: 1,
  })
  const said = words.run({ source, read: run.read, by: run.by, s })
  const { added, changed } = run
  return [
    added.length + changed.length === 0 ? `${said}, ${words.nothingNew}` : said,
    ...named(words.newOnes, added),
    ...named(words.changedOnes, changed),
    ...failures,
  ]
}

function named(words: (count: number) => string, references: readonly string[]): string[] {
  if (references.length === 0) return []
  return [
    `  ${words(references.length)} ${references.map((reference) => plainLine(reference)).join(', ')}`,
  ]
}
