// Paths that lead out of where they are served from, at every door that hands out files: what comes is a refusal or the
// dashboard's one page, never a file from elsewhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startHub, tempDirectory } from '../test-hub.ts'
import { answersTo } from './raw-http.ts'

const UP = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '..\\',
  '..%5c',
  '..%255c',
  '%c0%ae%c0%ae/',
  '%c0%ae%c0%ae%c0%af',
  '%uff0e%uff0e%u2215',
  '．．/',
  '....//',
  '..;/',
  '..%00/',
  '.%2e/',
  '%2e./',
  './../',
  '//../',
]
const FROM = ['/', '/_app/', '/_app/immutable/', '/agent/', '/docs/', '/api/v1/hosts/1/graph.svg/']

it('lead nowhere', async () => {
  const directory = await tempDirectory()
  const agents = join(directory, 'agents')
  mkdirSync(agents)
  writeFileSync(join(agents, 'vigie-agent-linux-x64.gz'), 'an agent')
  const hub = await startHub({ dataDirectory: join(directory, 'data'), agentsDirectory: agents })
  const secret = readFileSync(join(hub.dataDirectory, 'auth-secret'), 'utf8').trim()
  const data = hub.dataDirectory.slice(1)
  const targets = ['etc/passwd', `${data}/auth-secret`, `${data}/vigie.db`, 'data/auth-secret']
  // Where a file is meant, and where the page would be.
  const endings = ['', '.js', '%00.js', '?x=.js', '#.js', '/.js']
  const requests: string[] = []
  for (const from of FROM) {
    for (const up of UP) {
      for (const target of targets) {
        const ending = endings[requests.length % endings.length] ?? ''
        requests.push(`${from}${up.repeat(12)}${target}${ending}`)
      }
    }
  }
  requests.push('/_app//etc/passwd', '//etc/passwd.js', '/file:///etc/passwd.js', '/~root/.profile')
  requests.push(
    '/.env',
    '/.git/config',
    '/_app/.hidden.js',
    '/agent/.',
    '/agent/..',
    '/agent/%2e%2e',
  )
  for (const path of requests) {
    const raw = Buffer.from(path).toString('latin1')
    const answers = await answersTo(hub.address, `GET ${raw} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    const said = answers.map(({ head, body }) => head + body).join('\n')
    expect(said, path).not.toMatch(/root:[x*]?:0:0|SQLite format|\[core\]/)
    expect(said, path).not.toContain(secret)
    expect(
      answers.filter(({ status }) => status >= 500),
      path,
    ).toEqual([])
  }
})
