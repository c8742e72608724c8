// Owns the requests of the settings about rules: keeping them, and trying them before they are kept.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { Preview, PreviewItem, ReplayLine } from '@vigie/shared/api/rule-trial'
import { request, send, sendForLines } from './request.ts'

export async function createRule(draft: RuleDraft): Promise<Rule> {
  return (await send('/api/v1/rules', draft)).json() as Promise<Rule>
}

export async function changeRule(id: number, draft: RuleDraft): Promise<Rule> {
  return (await send(`/api/v1/rules/${id}`, draft, 'PUT')).json() as Promise<Rule>
}

/** Its open incidents end with it. */
export async function deleteRule(id: number): Promise<void> {
  await request(`/api/v1/rules/${id}`, { method: 'DELETE' })
}

/** What each host measures right now. */
export async function previewRule(draft: RuleDraft): Promise<readonly PreviewItem[]> {
  return ((await (await send('/api/v1/rules/preview', { draft })).json()) as Preview).items
}

export interface ReplayWanted {
  readonly draft: RuleDraft
  readonly fromMs: number
  readonly toMs: number
  readonly signal: AbortSignal
}

/** Progress a host at a time, then the result or the failure. */
export function replayRule(wanted: ReplayWanted): AsyncGenerator<ReplayLine> {
  const { draft, fromMs, toMs, signal } = wanted
  const body = { draft, from: Math.floor(fromMs), to: Math.ceil(toMs) }
  return sendForLines('/api/v1/rules/replay', body, signal)
}
