// `vigie status-page` as people run it: real processes beside a hub that runs.
import { expect, it, vi } from 'vitest'
import { startHub } from '../test-hub.ts'
import { run } from './command.ts'
import { Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 120_000 })

it('status pages are made, switched and deleted', async () => {
  const hub = await startHub()
  const { token } = await hub.tokens.create({ name: 'shell', role: 'admin' })
  const environment = {
    VIGIE_DATA: hub.dataDirectory,
    VIGIE_HUB: hub.address,
    VIGIE_TOKEN: token,
  }
  const page = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(['status-page', ...args], environment)
    return code === 0 ? stdout : `${String(code)} ${stderr}`
  }
  const create = (...args: string[]): Promise<string> => page('create', '--title', 'Ours', ...args)
  const stranger = new Visitor(hub)

  expect(await create('--slug', 'ours', '--tag', 'web', '--names', '--for', '30d')).toBe(
    `${hub.address}/status/ours (off)\n`,
  )
  expect(await create('--on')).toMatch(/\/status\/[0-9a-f]{20} \(on\)\n$/)
  expect(await create('--slug', 'ours')).toMatch(/^1 vigie: .* refused: Another status page has/)
  expect(await create('--for', 'long')).toMatch(/^2 vigie: --for is "long"/)
  expect(await page('on', 'Ours')).toMatch(/^1 vigie: 2 status pages are called "Ours"/)
  expect(await page('on', 'ours')).toBe(`${hub.address}/status/ours is on\n`)
  expect((await stranger.get('/status/ours')).status).toBe(200)
  expect(await page('list')).toMatch(/Ours +on +web +shown +\S.*\/status\/ours\n/)
  expect(await page('off', 'ours')).toBe(`${hub.address}/status/ours is off\n`)
  expect((await stranger.get('/status/ours')).status).toBe(404)
  expect(await page('delete', 'ours')).toBe('Ours is deleted\n')
  expect(await page('delete', 'ours')).toMatch(/^1 vigie: there is no status page "ours"/)
})
