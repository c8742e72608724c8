// Owns `vigie incidents` and `vigie ack`: what is wrong and who has it.
import { incidentTitle } from '@vigie/shared/alerts/incident-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { Incident, IncidentPage } from '@vigie/shared/api/incident'
import { formatDuration } from '@vigie/shared/format/duration'
import type { Locale } from '@vigie/shared/format/locale'
import { Silencing } from '../alerts/silencing.ts'
import type { IncidentRecord } from '../alerts/ports.ts'
import { systemClock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { ALERT_WORDS } from './alert-words.ts'
import { CommandError } from './command-error.ts'
import { hubApi, type HubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'
import { withRunningHub } from './local-hub.ts'
import { momentOf } from './moment.ts'
import { tableLines } from './table.ts'

const DAYS_BACK_MS = 10 * 86_400_000
const AHEAD_MS = 60_000
const PAGE = 500

/** Open ones, the most severe first; `isAll`: what was wrong in ten days and what is pending too, the newest first. */
export function readIncidents(hub: string | undefined, isAll: boolean): Promise<Incident[]> {
  const api = hubApi(hub)
  return api
    ? askedIncidents(api, isAll)
    : withHubFiles(({ store }) => storedIncidents(store, isAll))
}

async function askedIncidents(api: HubApi, isAll: boolean): Promise<Incident[]> {
  const search = new URLSearchParams({ limit: String(PAGE), state: isAll ? 'all' : 'open' })
  if (isAll) search.set('from', String(Date.now() - DAYS_BACK_MS))
  const found: Incident[] = []
  for (;;) {
    const page = (await api.get(`/api/v1/alerts?${search.toString()}`)) as IncidentPage
    found.push(...page.items)
    if (page.next === null) return found
    search.set('after', page.next)
  }
}

async function storedIncidents(store: Store, isAll: boolean): Promise<Incident[]> {
  const nowMs = Date.now()
  const hosts = new Map((await store.hosts.list()).map((host) => [host.id, host]))
  const silencing = await Silencing.open(store.silences, systemClock)
  const records = isAll ? await storedPages(store, nowMs) : await store.alerts.open()
  const mails = await store.alerts.mailOf(records.map(({ id }) => id))
  const incidents = records.flatMap((record): Incident[] => {
    const mail = mails.get(record.id)
    const host = record.hostId === null ? undefined : hosts.get(record.hostId)
    const cover = silencing.coverOf({ ruleId: record.rule.id, host }, nowMs)
    const isSilenced = record.state !== 'resolved' && cover !== null
    return mail ? [{ ...record, hostName: host?.name ?? null, isSilenced, mail }] : []
  })
  if (isAll) return incidents
  const rank = ({ severity }: Incident): number => (severity === 'crisis' ? 0 : 1)
  return incidents
    .filter(({ state }) => state !== 'pending')
    .sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs)
}

async function storedPages(store: Store, nowMs: number): Promise<IncidentRecord[]> {
  const range = { fromMs: nowMs - DAYS_BACK_MS, toMs: nowMs + AHEAD_MS, limit: PAGE }
  const found: IncidentRecord[] = []
  for (;;) {
    const beforeId = found.at(-1)?.id
    const page = await store.alerts.page({ ...range, ...(beforeId !== undefined && { beforeId }) })
    found.push(...page)
    if (page.length < PAGE) return found
  }
}

export function incidentLines(
  incidents: readonly Incident[],
  { locale, isAll }: { locale: Locale; isAll: boolean },
): string[] {
  const words = ALERT_WORDS[locale]
  if (incidents.length === 0) return [isAll ? words.noneEver : words.noneOpen]
  return tableLines([words.incidentHeadings, ...incidents.map((one) => rowOf(one, locale))])
}

function rowOf(incident: Incident, locale: Locale): string[] {
  return [
    String(incident.id),
    ALERT_WORDS[locale].severities[incident.severity],
    incidentTitle(incident, locale),
    momentOf(incident.sinceMs, locale),
    stateOf(incident, locale),
    mailOf(incident, locale),
  ]
}

function stateOf(incident: Incident, locale: Locale): string {
  const { state, owner, sinceMs, resolvedMs, isSilenced } = incident
  const words = ALERT_WORDS[locale]
  if (resolvedMs !== null) return words.lasted(formatDuration(resolvedMs - sinceMs, locale))
  const who = owner === null ? words.states[state] : words.ownedBy(plainLine(owner))
  return isSilenced ? `${who}, ${words.silenced}` : who
}

function mailOf({ mail }: Incident, locale: Locale): string {
  const words = ALERT_WORDS[locale].mail
  const said = [
    ...(mail.delivered > 0 ? [words.delivered(mail.delivered)] : []),
    ...(mail.waiting > 0 ? [words.waiting(mail.waiting)] : []),
    ...(mail.refused > 0 ? [words.refused(mail.refused)] : []),
  ]
  return said.join(', ') || '-'
}

export interface AcknowledgeOptions {
  readonly note?: string
  readonly hub?: string
}

/** Takes those of them that nobody has. All of them as they are then, in the order given. */
export async function acknowledge(
  written: readonly string[],
  { note, hub }: AcknowledgeOptions,
): Promise<Incident[]> {
  const wrong = written.find((id) => !/^\d{1,15}$/.test(id))
  if (wrong !== undefined) {
    throw new CommandError(`"${wrong}" is not the number of an incident: \`vigie incidents\``, {
      exitCode: 2,
    })
  }
  return withRunningHub(hub, async (api) => {
    const taken: Incident[] = []
    for (const id of written) {
      await api.tell(`/api/v1/alerts/${id}/acknowledge`, note === undefined ? {} : { note })
      taken.push((await api.get(`/api/v1/alerts/${id}`)) as Incident)
    }
    return taken
  })
}
