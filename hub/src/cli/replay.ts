// Owns `vigie rule replay`: a rule on what is stored, by a hub or by the files on this machine.
import { ruleName } from '@vigie/shared/alerts/rule-names'
import { measureWords } from '@vigie/shared/alerts/series-words'
import type { Rule, RuleDraft, RuleList } from '@vigie/shared/api/rule'
import type { Episode, ReplayLine, ReplayResult } from '@vigie/shared/api/rule-trial'
import { formatDuration } from '@vigie/shared/format/duration'
import { formatText } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { findMeasure } from '@vigie/shared/metrics/derived'
import { systemClock } from '../clock.ts'
import { createRecipients, toldByDefault } from '../mail/recipients.ts'
import { createRuleReplay } from '../rule-replay.ts'
import { ALERT_WORDS } from './alert-words.ts'
import { apiSource } from './api-source.ts'
import { CommandError } from './command-error.ts'
import { hubApi, type HubApi } from './hub-api.ts'
import { withHubFiles, type HubFiles } from './hub-files.ts'
import { momentOf } from './moment.ts'
import { namedRule } from './named-rule.ts'
import { progressBar } from './progress.ts'
import { tableLines } from './table.ts'
import { rangeOf, type Range, type RangeOptions } from './times.ts'

export interface ReplayOptions extends RangeOptions {
  readonly hub?: string
}

export interface Replayed {
  readonly rule: Rule
  readonly range: Range
  readonly result: ReplayResult
  /** By id. */
  readonly hostNames: ReadonlyMap<number, string>
}

const TEN_DAYS_MS = 10 * 86_400_000

export function replay(written: string, options: ReplayOptions): Promise<Replayed> {
  const range = rangeOf(options, Date.now(), TEN_DAYS_MS)
  const api = hubApi(options.hub)
  return api
    ? replayThere(api, written, range)
    : withHubFiles((files) => replayHere(files, written, range))
}

async function replayThere(api: HubApi, written: string, range: Range): Promise<Replayed> {
  const { items } = (await api.get('/api/v1/rules')) as RuleList
  const rule = namedRule(items, written)
  const hosts = await apiSource(api).hosts()
  const body = { draft: draftOf(rule), from: range.fromMs, to: range.toMs }
  const lines = api.lines('/api/v1/rules/replay', body) as AsyncIterable<ReplayLine>
  const result = await resultOf(lines)
  return { rule, range, result, hostNames: new Map(hosts.map(({ id, name }) => [id, name])) }
}

async function replayHere(files: HubFiles, written: string, range: Range): Promise<Replayed> {
  const { store, settings } = files
  const rule = namedRule(await store.rules.list(), written)
  const hosts = (await store.hosts.list()).filter(({ retiredMs }) => retiredMs === null)
  const recipients = await createRecipients({ records: store.recipients, settings })
  const replaying = createRuleReplay({
    hosts: () => hosts,
    read: store,
    defaultRecipients: () => toldByDefault(recipients, settings),
    maxMailsPerHour: settings.maxMailsPerHour,
    retentionMs: settings.retentionMs,
    clock: systemClock,
  })
  const { signal } = new AbortController()
  const result = await resultOf(replaying({ draft: draftOf(rule), ...range, signal }))
  return { rule, range, result, hostNames: new Map(hosts.map(({ id, name }) => [id, name])) }
}

/** Without what only a kept rule has. */
function draftOf(rule: Rule): RuleDraft {
  const { name, isEnabled, severity, condition, scope, recipients, remindEveryMs } = rule
  return { name, isEnabled, severity, condition, scope, recipients, remindEveryMs }
}

async function resultOf(lines: AsyncIterable<ReplayLine>): Promise<ReplayResult> {
  const bar = progressBar('replaying')
  try {
    for await (const line of lines) {
      if (line.type === 'result') return line
      if (line.type === 'failed') throw new CommandError(line.detail)
      const { done, total } = line
      if (total > 0) bar.update(done / total, `${done} of ${total} hosts`)
    }
  } finally {
    bar.stop()
  }
  throw new CommandError('the replay ended without a result: is the hub stopping?')
}

export function replayLines({ rule, range, result, hostNames }: Replayed, locale: Locale) {
  const words = ALERT_WORDS[locale]
  const { episodes, mails, isExact } = result
  const said = words.replayed({
    rule: ruleName(rule, locale),
    span: formatDuration(range.toMs - range.fromMs, locale),
    times: episodes.length,
    hosts: new Set(episodes.map(({ hostId }) => hostId)).size,
    mails,
  })
  const rows = episodes.map((episode) => [
    momentOf(episode.firedMs, locale),
    episode.resolvedMs === null
      ? words.stillFiring
      : formatDuration(episode.resolvedMs - episode.firedMs, locale),
    hostNames.get(episode.hostId) ?? String(episode.hostId),
    episode.series === '' ? ruleName(rule, locale) : measureWords(episode.series, locale),
    worstOf(rule, episode, locale),
  ])
  return [
    said,
    ...(isExact ? [] : [words.approximate]),
    ...(rows.length > 0 ? ['', ...tableLines([words.episodeHeadings, ...rows])] : []),
  ]
}

function worstOf({ condition }: Rule, { worst }: Episode, locale: Locale): string {
  if (worst === null) return '-'
  return condition.type === 'metric'
    ? formatText(worst, findMeasure(condition.metric), locale)
    : formatDuration(worst * 1000, locale)
}
