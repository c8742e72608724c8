// Owns serving the dashboard: the static files that the ui workspace builds, and its one page for every other path.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { contentPolicyOf } from './content-policy.ts'
import { pageUnderPath } from './page-under-path.ts'

export interface WebOptions {
  /** Where the ui workspace builds to; it may be missing. */
  readonly buildDirectory: string
  /** Where the hub lives behind a proxy, such as `/vigie`; '' is the root. */
  readonly basePath?: string
}

const YEAR = 'public, max-age=31536000, immutable'
/** Asked for anew each time, and answered with 304 while it is the same. */
const REVALIDATE = 'no-cache'
const NOT_PAGES = /^\/(api|agent|live)(\/|$)/
const FILE = /^\/_app\/|\.[A-Za-z0-9]+$/

/** Register it last: it takes every path that nothing else has. */
export const webPlugin: FastifyPluginAsync<WebOptions> = async (app, options) => {
  const { buildDirectory } = options
  await app.register(fastifyStatic, {
    root: buildDirectory,
    serve: false,
    suppressWarning: true,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    // Names with a hash in them never change what they hold.
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/immutable/') ? YEAR : REVALIDATE)
    },
  })

  app.get('/*', { config: { access: 'open' } }, async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if (NOT_PAGES.test(path)) {
      reply.callNotFound()
      return reply
    }
    if (FILE.test(path)) return reply.sendFile(decoded(path))
    return sendPage(reply, options)
  })
}

async function sendPage(
  reply: FastifyReply,
  { buildDirectory, basePath = '' }: WebOptions,
): Promise<FastifyReply> {
  let page
  try {
    // Read anew, since a build may replace it, and its policy with it, while the hub runs.
    page = await readFile(join(buildDirectory, 'index.html'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return reply
      .code(503)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(NOT_BUILT)
  }
  if (basePath === '') {
    reply.header('content-security-policy', contentPolicyOf(page))
    return reply.sendFile('index.html')
  }
  const led = pageUnderPath(page, basePath)
  return reply
    .header('content-security-policy', contentPolicyOf(led))
    .header('cache-control', REVALIDATE)
    .type('text/html; charset=utf-8')
    .send(led)
}

// A path that is no URI encoding names no file.
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '/_app/none'
  }
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Vigie</title>
<h1>The dashboard is not built</h1>
<p>The hub runs and keeps every sample. Run <code>npm run build</code> in its directory, then load this page again.</p>
</html>
`
