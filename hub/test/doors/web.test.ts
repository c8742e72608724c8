// The dashboard's files over a real socket: caching, compression, policy, and what is said when there are none.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import Fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHostGuard } from '../../src/http/host-guard.ts'
import { NOBODY } from '../../src/http/gate.ts'
import { answerFrameworkError, httpPlugin } from '../../src/http/plugin.ts'
import { webPlugin } from '../../src/web/plugin.ts'
import { tempDirectory } from '../test-hub.ts'
import { Visitor } from './visitor.ts'

const PAGE = `<html><head><meta http-equiv="content-security-policy" content="script-src 'self' 'sha256-x'"></head></html>`

async function served(buildDirectory: string): Promise<Visitor> {
  const app = Fastify({ frameworkErrors: answerFrameworkError })
  const guard = createHostGuard({ host: '127.0.0.1', publicUrl: undefined })
  await app.register(httpPlugin, { guard, gate: () => Promise.resolve(NOBODY) })
  await app.register(webPlugin, { buildDirectory })
  onTestFinished(() => app.close())
  return new Visitor({ address: await app.listen({ host: '127.0.0.1', port: 0 }) })
}

async function built(): Promise<string> {
  const directory = await tempDirectory()
  mkdirSync(join(directory, '_app/immutable'), { recursive: true })
  writeFileSync(join(directory, 'index.html'), PAGE)
  writeFileSync(join(directory, 'icon.svg'), '<svg/>')
  writeFileSync(join(directory, '_app/immutable/app.abc.js'), 'hello()')
  writeFileSync(join(directory, '_app/immutable/app.abc.js.br'), brotliCompressSync('hello()'))
  return directory
}

describe('the dashboard', () => {
  it.each(['/', '/hosts/3', '/welcome', '/hosts/3?range=5m'])('is one page at %s', async (path) => {
    const visitor = await served(await built())
    const answer = await visitor.get(path)
    expect(answer.status).toBe(200)
    expect(answer.text).toBe(PAGE)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.headers['content-security-policy']).toBe(
      "script-src 'self' 'sha256-x'; frame-ancestors 'none'",
    )
  })

  it('keeps files with a hash in their name for good, compressed', async () => {
    const visitor = await served(await built())
    const path = '/_app/immutable/app.abc.js'
    const answer = await visitor.get(path, { 'accept-encoding': 'gzip, br' })
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-encoding']).toBe('br')
    expect(answer.headers['content-type']).toContain('javascript')
    expect((await visitor.get(path)).text).toBe('hello()')
    const icon = await visitor.get('/icon.svg')
    expect(icon.headers['cache-control']).toBe('no-cache')
    const again = await visitor.get('/icon.svg', { 'if-none-match': icon.headers.etag ?? '' })
    expect(again.status).toBe(304)
  })

  it.each([
    '/missing.js',
    '/_app/immutable/gone.js',
    '/api/v1/gone',
    '/..%2f..%2fetc/passwd.txt',
    '/%ff.js',
  ])('has no page for %s', async (path) => {
    const visitor = await served(await built())
    const answer = await visitor.get(path)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  it('says how to build it when it is not built', async () => {
    const visitor = await served(join(await tempDirectory(), 'build'))
    const answer = await visitor.get('/')
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('npm run build')
  })
})
