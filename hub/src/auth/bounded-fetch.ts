// Owns how an OpenID Connect provider is asked: of its answer so many bytes, counted as they are unpacked.
import type { CustomFetch } from 'openid-client'

/** Descriptions and keys have some kilobytes, and so have tokens. */
const MAX_ANSWER_BYTES = 1 << 20

/** As `fetch`; the body fails beyond the limit. */
export const boundedFetch: CustomFetch = async (url, options) => {
  const { body, status, statusText, headers } = await fetch(url, options as RequestInit)
  let sizeBytes = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      sizeBytes += chunk.length
      if (sizeBytes > MAX_ANSWER_BYTES) throw new Error(`${url}: the answer is too large`)
      controller.enqueue(chunk)
    },
  })
  return new Response(body?.pipeThrough(counted) ?? null, { status, statusText, headers })
}
