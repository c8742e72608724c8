// Owns how the page speaks with the hub: JSON, a time after which it gives up, and failures as an ApiProblem.
import { ApiProblem, problemOf } from './api-problem.ts'
import { atHub } from './at-hub.ts'

const REQUEST_TIMEOUT_MS = 15_000

interface Patience {
  /** Null: as long as it takes; the signal ends it. */
  readonly timeoutMs: number | null
}

export async function getJson<T>(path: string, init?: RequestInit): Promise<T> {
  return (await request(path, init)).json() as Promise<T>
}

/** Sends JSON, by POST unless told otherwise. */
export function send(
  path: string,
  body: unknown,
  method: 'POST' | 'PUT' | 'PATCH' = 'POST',
): Promise<Response> {
  return request(path, {
    method,
    headers: jsonHeaders(),
    body: JSON.stringify(body),
  })
}

/** Sends JSON and gives the lines of the answer (NDJSON) as they come, for as long as they do. */
export async function* sendForLines<T>(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const init = { method: 'POST', headers: jsonHeaders(), body: JSON.stringify(body), signal }
  const response = await request(path, init, { timeoutMs: null })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = (await reader?.read().catch(unreachable)) ?? { done: true }
    if (done) break
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as T
  }
}

// The hub says what is wrong in the language of the page, whatever the browser prefers.
function jsonHeaders(): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': document.documentElement.lang,
    'content-type': 'application/json',
  }
}

/** The hub's answer, if it is one of success. */
export async function request(
  path: string,
  init: RequestInit = {},
  { timeoutMs }: Patience = { timeoutMs: REQUEST_TIMEOUT_MS },
): Promise<Response> {
  const timeout = timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)]
  let response: Response
  try {
    response = await fetch(atHub(path), {
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      ...init,
      signal: AbortSignal.any([...(init.signal ? [init.signal] : []), ...timeout]),
    })
  } catch (cause) {
    return unreachable(cause)
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

function unreachable(cause: unknown): never {
  const problem = new ApiProblem({ status: 0, title: 'The hub cannot be reached' })
  problem.cause = cause
  throw problem
}
