// Owns how commands reach a hub over its API: which hub, with which token, and what a person reads when it refuses.
import { addressAt } from '../http/base-path.ts'
import { CommandError } from './command-error.ts'
import { linesOf } from './text-lines.ts'

/** The result of a replay is one line. */
const MAX_LINE_BYTES = 64 * 1024 * 1024

export interface HubApi {
  /** The JSON of an answer. Throws a {@link CommandError} for every other end. */
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  /** Ends what is at `path`. */
  end(path: string): Promise<void>
  /** For what is answered with nothing. */
  tell(path: string, body: unknown): Promise<void>
  /** The objects of an answer that is NDJSON, as they come. */
  lines(path: string, body: unknown): AsyncIterable<unknown>
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
  // A hub may live under a path.
  const at = (path: string): URL => addressAt(url, path)
  const ask = (path: string, init: Request = {}) => exchange(at(path), token, init)
  const send = (method: string, path: string, body: unknown) =>
    ask(path, { method, body: JSON.stringify(body) })
  const live = at('/live')
  live.protocol = url.protocol.replace('http', 'ws')
  return {
    get: async (path) => jsonOf(await ask(path), url),
    post: async (path, body) => jsonOf(await send('POST', path, body), url),
    put: async (path, body) => jsonOf(await send('PUT', path, body), url),
    patch: async (path, body) => jsonOf(await send('PATCH', path, body), url),
    end: async (path) => {
      await ask(path, { method: 'DELETE' })
    },
    tell: async (path, body) => {
      await send('POST', path, body)
    },
    async *lines(path, body) {
      const init = { method: 'POST', body: JSON.stringify(body) }
      const { body: stream } = await answer(at(path), token, init)
      if (stream) yield* objectsOf(stream, url)
    },
    bytes: (path, headers) => ask(path, { headers }),
    live: { url: live, headers: { authorization: `Bearer ${token}` } },
  }
}

interface Request {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}

/** A good answer, whose body has not been read. */
async function answer(url: URL, token: string, init: Request): Promise<Response> {
  let response
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
  } catch (cause) {
    throw noAnswer(url, cause)
  }
  if (response.ok) return response
  const { title, detail } = (parsed(await bytesOf(response, url)) ?? {}) as {
    title?: string
    detail?: string
  }
  throw title === undefined
    ? notOfThisVersion(url, response.status)
    : new CommandError(`${url.origin} refused: ${detail ?? title}`)
}

async function exchange(url: URL, token: string, init: Request): Promise<Uint8Array> {
  return bytesOf(await answer(url, token, init), url)
}

async function bytesOf(response: Response, url: URL): Promise<Uint8Array> {
  try {
    return await response.bytes()
  } catch (cause) {
    throw noAnswer(url, cause)
  }
}

async function* objectsOf(stream: ReadableStream<Uint8Array>, url: URL): AsyncGenerator {
  const chunks = (async function* () {
    for await (const chunk of stream) yield Buffer.from(chunk)
  })()
  try {
    for await (const lines of linesOf(chunks, MAX_LINE_BYTES)) {
      for (const { bytes } of lines) yield jsonOf(bytes, url)
    }
  } catch (cause) {
    throw cause instanceof CommandError ? cause : noAnswer(url, cause)
  }
}

function noAnswer(url: URL, cause: unknown): CommandError {
  return new CommandError(
    `${url.origin} does not answer (${reasonOf(cause)}): is the hub running, and is this its address?`,
    { cause },
  )
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
