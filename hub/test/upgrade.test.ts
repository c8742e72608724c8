// Machines are never all of one version: an agent of before with a hub of today, and the reverse, both from the repository's
// own history.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { isRecorded, olderTree, ROOT, Vigie } from './older-tree.ts'

interface Shown {
  readonly status: string
  readonly agentVersion: string
  readonly values: Record<string, number>
}

/** Before the protocol of packages, `vigie.agent.3`; and before agents judged their own cost. */
const OLDER = [
  ['before agents told of packages', 'a29ecee'],
  ['before agents ran as a service', '3836b9a'],
] as const
const isSoak = process.env['VIGIE_SOAK'] === '1'
// The oldest is the hardest; the others are for when there is time.
const TRIED = isSoak ? OLDER : OLDER.slice(0, 1)

describe.each(TRIED)('Vigie %s (%s)', (_, commit) => {
  // A copy without its history, such as an archive of the files, has no older Vigie in it.
  const isHere = isRecorded(commit)
  let tree = ''
  beforeAll(() => {
    if (isHere) tree = olderTree(commit)
  })
  afterAll(() => {
    if (isHere) rmSync(tree, { recursive: true, force: true })
  })

  it.skipIf(!isHere)('its agent and a hub of today', { timeout: 120_000 }, async () => {
    await expectTicks(new Vigie(ROOT), new Vigie(tree))
  })

  it.skipIf(!isHere)('its hub and an agent of today', { timeout: 120_000 }, async () => {
    await expectTicks(new Vigie(tree), new Vigie(ROOT))
  })
})

async function expectTicks(ofHub: Vigie, ofAgent: Vigie): Promise<void> {
  onTestFinished(async () => {
    await ofAgent.close()
    await ofHub.close()
  })
  const url = await ofHub.hub()
  const invited = ofHub.command('hub/bin/vigie.mjs', 'enrol', '--name', 'machine', '--json')
  const { token } = JSON.parse(invited) as { token: string }
  ofAgent.command('agent/bin/vigie-agent.mjs', 'join', url, token)
  ofAgent.agent()
  const shown = () =>
    JSON.parse(ofHub.command('hub/bin/vigie.mjs', 'show', 'machine', '--json')) as Shown
  // What it shows is what the hub has stored.
  await expect
    .poll(() => Object.keys(shown().values).length, { timeout: 60_000, interval: 1_000 })
    .toBeGreaterThan(40)
  expect(shown().values['system.memory.limit']).toBeGreaterThan(0)
}
