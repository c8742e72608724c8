// Owns what calls over HTTP have in common: credentials out of the address, and answers and faults in a line.
import { asAnswer } from './delivery.ts'

const MAX_BODY_LENGTH = 200
const MAX_BODY_BYTES = 4096

/** `fetch` takes no address with a name and a password. */
export function withoutCredentials(url: URL): URL {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

export function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

/** The status and the beginning of what was said with it, however much that is. */
export async function answerOf({ status, statusText, headers, body }: Response): Promise<string> {
  const said = asAnswer(body ? await beginningOf(body) : '', MAX_BODY_LENGTH)
  // Not where to: the address may be a secret.
  const isLedOn = status >= 300 && status <= 399 && headers.has('location')
  const words = isLedOn ? 'it leads to another address, which is not called' : said || statusText
  return `${status} ${words}`.trim()
}

/** Never the address: it may be the secret itself. */
export function wordsOfFault(error: unknown): string {
  const { name, message, cause } = error as Error
  if (name === 'TimeoutError') return 'no answer in time'
  if (name === 'AbortError') return 'the hub stopped'
  const { code, message: words } = (cause ?? {}) as Partial<NodeJS.ErrnoException>
  return words || code || message
}

async function beginningOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let sizeBytes = 0
  for await (const chunk of body) {
    text += decoder.decode(chunk.subarray(0, MAX_BODY_BYTES), { stream: true })
    sizeBytes += chunk.length
    // Leaving the loop ends the connection.
    if (sizeBytes >= MAX_BODY_BYTES) break
  }
  return text
}
