// The picture of a host's history over HTTP, from a real hub and its drawing thread.
import { SaxesParser } from 'saxes'
import { describe, expect, it, vi } from 'vitest'
import { TestAgent } from '../test-agent.ts'
import { startHub } from '../test-hub.ts'
import { administratorOf } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const MINUTE_MS = 60_000

async function watchedHost() {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ name: 'web-<1>' })
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  const endMs = Math.floor(Date.now() / 1000) * 1000
  for (const second of [20, 19, 18, 3, 2, 1]) agent.tick(endMs - second * 1000)
  await agent.acknowledged(agent.framesSent)
  return { hub, endMs, person: await administratorOf(hub) }
}

function textsOf(svg: string): string[] {
  const texts: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('text', (text) => text.trim() && texts.push(text))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  return texts
}

describe('GET /api/v1/hosts/{id}/graph.svg', () => {
  it('is a picture that cannot act as a page', async () => {
    const { person, endMs } = await watchedHost()
    const query = `from=${endMs - MINUTE_MS}&to=${endMs}&lang=fr&zone=Europe/Paris&theme=dark&width=600`
    const answer = await person.get(`/api/v1/hosts/1/graph.svg?${query}`)
    expect(answer.status, answer.text.slice(0, 300)).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^image\/svg\+xml/)
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'.*sandbox/)
    expect(answer.text).toMatch(/^<svg width="600" /)
    const texts = textsOf(answer.text)
    expect(texts).toEqual(
      expect.arrayContaining(['web-<1>', 'Processeur', 'chaque mesure', 'Débit réseau']),
    )
    expect(texts.join()).toContain('Europe/Paris (UTC')
  })

  it('draws what is asked for, one chart a metric', async () => {
    const { person } = await watchedHost()
    const metric = 'metric=system.memory.limit&metric=no.such.metric&metric=system.cpu.utilization'
    const answer = await person.get(`/api/v1/hosts/1/graph.svg?${metric}&height=500`)
    expect(answer.text).toMatch(/^<svg width="960" height="500"/)
    const texts = textsOf(answer.text)
    expect(texts.filter((text) => /^(Memory installed|no.such.metric|CPU)$/.test(text))).toEqual([
      'Memory installed',
      'no.such.metric',
      'CPU',
    ])
    expect(texts).toContain('no data')
  })

  it.each([
    ['width=100000', /width/],
    ['theme=pink', /theme/],
    ['zone=Mars/Base', /zone is "Mars\/Base"/],
    ['metric=a{', /neither a metric nor a series/],
    [Array.from({ length: 17 }, () => 'metric=a').join('&'), /metric/],
    ['from=0', /hours before/],
  ])('says what is wrong with ?%s', async (query, words) => {
    const { person } = await watchedHost()
    const problem = (await person.get(`/api/v1/hosts/1/graph.svg?${query}`)).problem()
    expect(problem.status).toBe(400)
    expect(problem.detail).toMatch(words)
  })

  it('is not there for a host that is not there', async () => {
    const { person } = await watchedHost()
    expect((await person.get('/api/v1/hosts/7/graph.svg')).problem().status).toBe(404)
  })
})
