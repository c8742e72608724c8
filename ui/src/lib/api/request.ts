// Owns how the page speaks with the hub: JSON, a time after which it gives up, and failures as an ApiProblem.
import { ApiProblem, problemOf } from './api-problem.ts'

const REQUEST_TIMEOUT_MS = 15_000

export async function getJson<T>(path: string, init?: RequestInit): Promise<T> {
  return (await request(path, init)).json() as Promise<T>
}

/** Sends JSON, by POST unless told otherwise. */
export function send(
  path: string,
  body: unknown,
  method: 'POST' | 'PUT' = 'POST',
): Promise<Response> {
  return request(path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** The hub's answer, if it is one of success. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  let response: Response
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      ...init,
      signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
    })
  } catch (cause) {
    const problem = new ApiProblem({ status: 0, title: 'The hub cannot be reached' })
    problem.cause = cause
    throw problem
  }
  if (!response.ok) throw await problemOf(response)
  return response
}
