// Owns how commands reach a hub over its API: which hub, with which token, and what a person reads when it refuses.
import { CommandError } from './command-error.ts'

export interface HubApi {
  /** The JSON of an answer. Throws a {@link CommandError} for every other end. */
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
}

/** `hub` is what `--hub` says. Undefined where neither a hub nor a token is named: then its files are at hand. */
export function hubApi(
  hub = process.env['VIGIE_HUB'],
  token = process.env['VIGIE_TOKEN'],
): HubApi | undefined {
  if (!hub && !token) return undefined
  const url = URL.parse(hub || 'http://127.0.0.1:4280')
  if (!url?.protocol.startsWith('http')) {
    throw new CommandError(
      `"${hub ?? ''}" is not the address of a hub: it looks like https://vigie.example.org`,
      { exitCode: 2 },
    )
  }
  if (!token) {
    throw new CommandError(
      `${url.origin} wants a token: run \`vigie token create\` on its machine, and set VIGIE_TOKEN`,
    )
  }
  const ask = (path: string, init: RequestInit = {}) => exchange(new URL(path, url), token, init)
  return {
    get: (path) => ask(path),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}

async function exchange(url: URL, token: string, init: RequestInit): Promise<unknown> {
  let response
  let text
  try {
    response = await fetch(url, {
      ...init,
      // The token is for this hub and nobody that it names.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
    })
    text = await response.text()
  } catch (cause) {
    throw new CommandError(
      `${url.origin} does not answer (${reasonOf(cause)}): is the hub running, and is this its address?`,
      { cause },
    )
  }
  const content = parsed(text)
  if (response.ok && content !== undefined) return content
  const { title, detail } = (content ?? {}) as { title?: string; detail?: string }
  throw new CommandError(
    title === undefined
      ? `${url.origin} is not a hub of this version: it answered with ${response.status}`
      : `${url.origin} refused: ${detail ?? title}`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

// What went wrong stands at the bottom: "fetch failed" says nothing.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined) return reasonOf(error.cause)
  return (error as NodeJS.ErrnoException).code ?? error.message
}
