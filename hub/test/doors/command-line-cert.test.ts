// `vigie cert` as people run it: beside a hub that runs, and on the files of one that does not.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { advisory, AdvisoryBoard } from '../advisory-board.ts'
import { startHub, tempDirectory } from '../test-hub.ts'
import { run } from './command.ts'

const OPEN = 'CERTFR-2099-ALE-901'
const NEVER = '0 0 1 1 *'

async function startWatching(board: AdvisoryBoard) {
  const hub = await startHub({ certCron: NEVER, advisorySources: [board.source()] })
  await hub.certWatch.checkNow()
  const environment = { VIGIE_DATA: hub.dataDirectory, VIGIE_LISTEN: new URL(hub.address).host }
  return { hub, environment }
}

it('cert list and cert show tell what is known, of a hub and of its files', async () => {
  const board = await AdvisoryBoard.start(
    advisory(OPEN),
    advisory('CERTFR-2099-ALE-900', { closedMs: Date.UTC(2026, 9, 1) }),
  )
  const { hub, environment } = await startWatching(board)
  board.revise('CERTFR-2099-ALE-900', { title: 'Closed' })
  await hub.certWatch.checkNow()
  const { token } = await hub.tokens.create({ name: 'cli', role: 'viewer' })
  for (const where of [environment, { VIGIE_HUB: hub.address, VIGIE_TOKEN: token }]) {
    const open = await run(['cert', 'list', '--lang', 'en'], where)
    expect(open.stdout).toContain(OPEN)
    expect(open.stdout).not.toContain('CERTFR-2099-ALE-900')
    const all = await run(['cert', 'list', '--all', '--json'], where)
    expect(JSON.parse(all.stdout)).toMatchObject([{ reference: OPEN }, {}])
    const none = await run(['cert', 'list', '--concerns', '--lang', 'fr'], where)
    expect(none.stdout).toBe('Aucun avis connu ne concerne une machine.\n')
    const shown = await run(['cert', 'show', OPEN, '--lang', 'en'], where)
    expect(shown.stdout).toContain('Tarnel versions antérieures à 16.4')
    const unknown = await run(['cert', 'show', 'X'], where)
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toMatch(/^vigie: .*there is no advisory.*\n$/i)
  }
})

it('cert check asks the hub that runs, and says what is new and what failed', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const { environment } = await startWatching(board)
  board.documents.push(advisory('CERTFR-2099-ALE-902'))
  const found = await run(['cert', 'check', '--lang', 'en'], environment)
  expect(found).toMatchObject({ code: 0, stderr: '' })
  expect(found.stdout).toContain('1 is new: CERTFR-2099-ALE-902')
  const again = await run(['cert', 'check', '--lang', 'en'], environment)
  expect(again.stdout).toMatch(/^CERT-FR alerts: 2 listed, in .*, nothing is new\n$/)
  board.mood = 'down'
  const failed = await run(['cert', 'check', '--lang', 'fr'], environment)
  expect(failed.code).toBe(1)
  expect(failed.stdout).toContain('le site a répondu par une erreur')
})

it('cert check reads by itself where no hub runs', async () => {
  const data = await tempDirectory()
  const hub = await startHub({ dataDirectory: data })
  await hub.close()
  const off = await run(['cert', 'check'], { VIGIE_DATA: data })
  expect(off.code).toBe(1)
  expect(off.stderr).toBe('vigie: no source is on: set VIGIE_CERT_SOURCES\n')
  const board = await AdvisoryBoard.start(advisory(OPEN))
  board.mood = 'down'
  const failed = await run(['cert', 'check', '--json'], {
    VIGIE_DATA: data,
    VIGIE_CERT_SOURCES: 'certfr-alerts',
    VIGIE_CERT_URL: board.url,
    VIGIE_CHROMIUM: '/nonexistent',
  })
  expect(failed.code).toBe(1)
  expect(JSON.parse(failed.stdout)).toMatchObject([{ source: 'certfr-alerts', outcome: 'failed' }])
})

it('cert match compares documents with what one machine has, both from files', async () => {
  const folder = await tempDirectory()
  const document = {
    reference: 'CERTFR-2099-ALE-903',
    title: 'Vulnérabilité dans nginx',
    summary: 'Un texte.',
    content: '## Solution\n\nMettre à jour.',
    affected_systems: [
      {
        description: 'nginx versions antérieures à 1.26.2',
        product: { name: 'nginx', vendor: { name: 'F5', scada: false } },
      },
    ],
    cves: [],
    risks: [],
    links: [],
    vendor_advisories: [],
    revisions: [{ description: 'Version initiale', revision_date: '2026-09-28T00:00:00.000000' }],
    closed_at: null,
  }
  const host = {
    os: {
      id: 'debian',
      name: 'Debian GNU/Linux 12 (bookworm)',
      version: '12',
      kernel: '6.1.0-25-amd64',
      architecture: 'x64',
    },
    packages: [
      {
        manager: 'dpkg',
        name: 'nginx',
        version: '1.24.0-1~bookworm',
        origin: 'NGINX Packaging <nginx-packaging@f5.com>',
      },
    ],
  }
  const [advisories, machine] = [join(folder, 'a.ndjson'), join(folder, 'host.json')]
  await writeFile(advisories, `${JSON.stringify(document)}\n`)
  await writeFile(machine, JSON.stringify(host))
  const args = ['cert', 'match', '--advisories', advisories, '--host', machine]
  const matched = await run([...args, '--json'], { VIGIE_DATA: folder })
  expect(JSON.parse(matched.stdout)).toMatchObject([
    { reference: 'CERTFR-2099-ALE-903', verdict: 'concerned' },
  ])
  await writeFile(machine, '{}')
  const refused = await run(args, { VIGIE_DATA: folder })
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(/^vigie: .*host\.json: .*\n$/)
})
