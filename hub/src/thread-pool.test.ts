// A pool over a real database and a real thread: what it does when it is closed while it works.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openBackgroundThread } from './store/background-thread.ts'
import { openStore } from './store/store.ts'

it('a pool that is closed answers what it was asked before, and is asked nothing after', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-pool-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  await (await openStore({ dataDir })).close()
  const thread = openBackgroundThread(join(dataDir, 'vigie.db'))
  const read = () => thread.history.stretches({ hostId: 1, fromMs: 0, toMs: 1000 })
  // The thread does not even run yet.
  const readings = Promise.all([read(), read(), read()])
  await thread.close()
  expect(await readings).toEqual([[], [], []])
  await expect(read()).rejects.toThrow('the pool is closed')
})
