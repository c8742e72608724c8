// Owns how commands reach a hub over its API: which hub, with which token, and what a person reads when it refuses.
import { CommandError } from './command-error.ts'

export interface HubApi {
  /** The JSON of an answer. Throws a {@link CommandError} for every other end. */
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
  /** The bytes of an answer, for what is not JSON. */
  bytes(path: string, headers: Record<string, string>): Promise<Uint8Array>
  /** Where `/live` is, and what to say there. */
  readonly live: { readonly url: URL; readonly headers: Record<string, string> }
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
  const ask = (path: string, init: Request = {}) => exchange(new URL(path, url), token, init)
  const live = new URL('/live', url)
  live.protocol = url.protocol.replace('http', 'ws')
  return {
    get: async (path) => jsonOf(await ask(path), url),
    post: async (path, body) =>
      jsonOf(await ask(path, { method: 'POST', body: JSON.stringify(body) }), url),
    bytes: (path, headers) => ask(path, { headers }),
    live: { url: live, headers: { authorization: `Bearer ${token}` } },
  }
}

interface Request {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}

async function exchange(url: URL, token: string, init: Request): Promise<Uint8Array> {
  let response
  let bytes
  try {
    response = await fetch(url, {
      ...init,
      // The token is for this hub and nobody that it names.
      redirect: 'error',
      headers: {
        ...init.headers,
        authorization: `Bearer ${token}`,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
    })
    bytes = await response.bytes()
  } catch (cause) {
    throw new CommandError(
      `${url.origin} does not answer (${reasonOf(cause)}): is the hub running, and is this its address?`,
      { cause },
    )
  }
  if (response.ok) return bytes
  const { title, detail } = (parsed(bytes) ?? {}) as { title?: string; detail?: string }
  throw title === undefined
    ? notOfThisVersion(url, response.status)
    : new CommandError(`${url.origin} refused: ${detail ?? title}`)
}

function jsonOf(bytes: Uint8Array, url: URL): unknown {
  const content = parsed(bytes)
  if (content === undefined) throw notOfThisVersion(url, 200)
  return content
}

function notOfThisVersion(url: URL, status: number): CommandError {
  return new CommandError(`${url.origin} is not a hub of this version: it answered with ${status}`)
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown
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
