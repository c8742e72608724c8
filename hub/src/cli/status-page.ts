// Owns `vigie status-page …`: the pages that anybody may read who has their address.
import type { StatusPage, StatusPageDraft, StatusPageList } from '@vigie/shared/api/status-page'
import { checkedTags } from './checked-tags.ts'
import { CommandError } from './command-error.ts'
import { withRunningHub } from './local-hub.ts'
import { momentOf } from './moment.ts'
import { tableLines } from './table.ts'
import { parseSpan } from './times.ts'

export interface StatusPageOptions {
  readonly title: string
  readonly text?: string
  readonly slug?: string
  readonly tag?: readonly string[]
  readonly names?: true
  readonly on?: true
  readonly for?: string
  readonly hub?: string
}

const PATH = '/api/v1/status-pages'

export function listStatusPages(hub: string | undefined): Promise<StatusPage[]> {
  return withRunningHub(hub, async (api) => ((await api.get(PATH)) as StatusPageList).items)
}

export function statusPageLines(pages: readonly StatusPage[]): string[] {
  const rows = pages.map(({ title, isOn, hostTags, names, endsMs, url }) => [
    ...[title, isOn ? 'on' : 'off', hostTags?.join(' ') ?? 'all', names],
    ...[endsMs === null ? '-' : momentOf(endsMs, 'en'), url],
  ])
  return tableLines([['TITLE', 'STATE', 'HOSTS', 'NAMES', 'ENDS', 'ADDRESS'], ...rows])
}

/** Throws a {@link CommandError} for what no page may be. */
export function createStatusPage(options: StatusPageOptions): Promise<StatusPage> {
  const { title, text, slug, tag, names, on, for: span, hub } = options
  const lifeMs = span === undefined ? null : parseSpan(span)
  if (lifeMs === undefined) {
    throw new CommandError(`--for is "${span ?? ''}": a number and a unit, such as 30d`, {
      exitCode: 2,
    })
  }
  const draft: StatusPageDraft = {
    title,
    names: names ? 'shown' : 'hidden',
    isOn: on ?? false,
    endsMs: lifeMs === null ? null : Date.now() + lifeMs,
    hostTags: tag === undefined ? null : checkedTags(tag),
    ...(text !== undefined && { text }),
    ...(slug !== undefined && { slug }),
  }
  return withRunningHub(hub, async (api) => (await api.post(PATH, draft)) as StatusPage)
}

export function turnStatusPage(
  written: string,
  isOn: boolean,
  hub: string | undefined,
): Promise<StatusPage> {
  return withRunningHub(hub, async (api) => {
    const { id } = meant(((await api.get(PATH)) as StatusPageList).items, written)
    return (await api.patch(`${PATH}/${id}`, { isOn })) as StatusPage
  })
}

export function deleteStatusPage(written: string, hub: string | undefined): Promise<StatusPage> {
  return withRunningHub(hub, async (api) => {
    const page = meant(((await api.get(PATH)) as StatusPageList).items, written)
    await api.end(`${PATH}/${page.id}`)
    return page
  })
}

/** By the end of its address, or by its title where no other has it. */
function meant(pages: readonly StatusPage[], written: string): StatusPage {
  const found = pages.filter(({ slug, title }) => slug === written || title === written)
  const page = pages.find(({ slug }) => slug === written) ?? found[0]
  if (page && (page.slug === written || found.length === 1)) return page
  throw new CommandError(
    page
      ? `${found.length} status pages are called "${written}": say the end of the address`
      : `there is no status page "${written}": \`vigie status-page list\` shows which there are`,
  )
}
