// Owns the requests about API tokens, which administrators make.
import type { ApiToken, ApiTokenList, TokenDraft, TokenMade } from '@vigie/shared/api/token'
import { getJson, request, send } from './request.ts'

export async function tokens(): Promise<ApiToken[]> {
  return (await getJson<ApiTokenList>('/api/v1/tokens')).items
}

/** The answer holds the secret, which cannot be asked for again. */
export async function createToken(draft: TokenDraft): Promise<TokenMade> {
  return (await send('/api/v1/tokens', draft)).json() as Promise<TokenMade>
}

export async function endToken(id: string): Promise<void> {
  await request(`/api/v1/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
