import { EventEmitter, once } from 'node:events'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { listeningLog } from '../../test/test-hub.ts'
import { startWebListener } from '../../test/web-listener.ts'
import { systemClock } from '../clock.ts'
import { startHeartbeat, type HeartbeatOptions } from './heartbeat.ts'

function heartbeatTo(url: URL, options: Partial<HeartbeatOptions> = {}) {
  const heartbeat = startHeartbeat({
    url,
    isHealthy: () => true,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    everyMs: 10,
    ...options,
  })
  onTestFinished(() => heartbeat.close())
  return heartbeat
}

it('the heartbeat is heard again and again, and remembers what came of it', async () => {
  const listener = await startWebListener({ status: 200, body: 'OK' })
  const heartbeat = heartbeatTo(listener.url)
  expect(heartbeat.state()).toEqual({ host: listener.url.host, lastMs: null, answer: null })
  await listener.isCalled(3)
  expect(listener.calls[0]).toMatchObject({ method: 'GET', path: '/hook/s3cret' })
  expect(heartbeat.state()).toMatchObject({
    answer: '200 OK',
    lastMs: expect.any(Number) as number,
  })
})

it('the heartbeat stops while the hub is not well', async () => {
  const listener = await startWebListener()
  const told = new EventEmitter()
  const askedOften = once(told, 'asked often')
  let asked = 0
  const isHealthy = () => {
    asked += 1
    if (asked === 5) told.emit('asked often')
    if (asked === 4) throw new Error('the database does not answer')
    return asked <= 2
  }
  heartbeatTo(listener.url, { isHealthy })
  await askedOften
  expect(listener.calls).toHaveLength(2)
})

it('a heartbeat that is not heard is told once, without its address', async () => {
  const listener = await startWebListener({ status: 404, body: 'unknown check' })
  const { log, says, lines } = listeningLog()
  heartbeatTo(listener.url, { log })
  await listener.isCalled(3)
  listener.manner = { status: 200 }
  await says('the heartbeat is heard again')
  expect(lines.filter((line) => line.includes('is not heard'))).toHaveLength(1)
  expect(lines.join('')).toContain('404 unknown check')
  expect(lines.join('')).not.toContain('s3cret')
})

it('a heartbeat that stops waits for no answer', async () => {
  const listener = await startWebListener('silent')
  const heartbeat = heartbeatTo(listener.url)
  await listener.isCalled(1)
  await Promise.all([heartbeat.close(), heartbeat.close()])
  expect(heartbeat.state().lastMs).toBeNull()
})
