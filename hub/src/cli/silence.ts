// Owns `vigie silence` and `vigie tag`: which machines are meant, and that nobody is mailed of them for a while.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HostScope, RuleList } from '@vigie/shared/api/rule'
import type { Silence, SilenceDraft } from '@vigie/shared/api/silence'
import { apiSource } from './api-source.ts'
import { checkedTags } from './checked-tags.ts'
import { CommandError } from './command-error.ts'
import type { HubApi } from './hub-api.ts'
import { withRunningHub } from './local-hub.ts'
import { namedHost } from './named-host.ts'
import { namedRule } from './named-rule.ts'
import { parseSpan } from './times.ts'

export interface SilenceOptions {
  readonly tag?: readonly string[]
  readonly all?: true
  readonly for: string
  readonly rule?: readonly string[]
  readonly comment?: string
  readonly hub?: string
}

/** Begins now. */
export async function silence(hosts: readonly string[], options: SilenceOptions): Promise<Silence> {
  const { tag: tags = [], rule: rules = [], all: isAll = false, comment = '' } = options
  const spanMs = parseSpan(options.for)
  if (spanMs === undefined) {
    throw usage(`--for is "${options.for}": a number and a unit, such as 30min, 2h, 3d`)
  }
  if ([hosts.length > 0, tags.length > 0, isAll].filter(Boolean).length !== 1) {
    throw usage('say which machines: by their names, or --tag, or --all; one of the three')
  }
  checkedTags(tags)
  return withRunningHub(options.hub, async (api) => {
    const startsMs = Date.now()
    const draft: SilenceDraft = {
      scope: await scopeOf(api, { hosts, tags }),
      ruleIds: await ruleIdsOf(api, rules),
      startsMs,
      endsMs: startsMs + spanMs,
      comment,
    }
    return (await api.post('/api/v1/silences', draft)) as Silence
  })
}

async function scopeOf(
  api: HubApi,
  { hosts, tags }: { hosts: readonly string[]; tags: readonly string[] },
): Promise<HostScope> {
  if (tags.length > 0) return { type: 'tags', tags: [...tags] }
  if (hosts.length === 0) return { type: 'all' }
  const known = await apiSource(api).hosts()
  const hostIds = hosts.map((written) => namedHost(known, written).id)
  return { type: 'hosts', hostIds: [...new Set(hostIds)] }
}

async function ruleIdsOf(api: HubApi, written: readonly string[]): Promise<number[]> {
  if (written.length === 0) return []
  const { items } = (await api.get('/api/v1/rules')) as RuleList
  return [...new Set(written.map((one) => namedRule(items, one).id))]
}

/** Replaces its tags, all of them. */
export async function tagHost(
  written: string,
  tags: readonly string[],
  hub: string | undefined,
): Promise<HostSummary> {
  checkedTags(tags)
  return withRunningHub(hub, async (api) => {
    const { id } = namedHost(await apiSource(api).hosts(), written)
    return (await api.put(`/api/v1/hosts/${id}/tags`, { tags })) as HostSummary
  })
}

function usage(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 })
}
