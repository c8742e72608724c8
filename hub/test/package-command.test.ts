// The command of the hub's Debian package, whose settings are those of the service (man 5 systemd.exec, EnvironmentFile).
import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempDirectory } from './test-hub.ts'

const COMMAND = new URL('../../packaging/hub/vigie', import.meta.url)

it.skipIf(process.platform === 'win32')('reads settings as systemd does', async () => {
  const directory = await tempDirectory()
  const settings = join(directory, 'vigie.env')
  const lines = [
    '# VIGIE_COMMENT=1',
    'PATH=/nowhere',
    'VIGIE_WEBHOOK_SECRET=whsec_AA==',
    'VIGIE_MAIL_FROM="Vigie <vigie@example.org>"',
    'VIGIE_LOG_LEVEL=debug',
    'no setting',
    'VIGIE_PUBLIC_URL=https://hub.example.org/?a=b',
  ]
  await writeFile(settings, lines.join('\n'))
  const command = (await readFile(COMMAND, 'utf8'))
    .replaceAll('/etc/vigie/vigie.env', settings)
    .replace(/^exec .*$/m, 'env')
  const environment = { PATH: process.env['PATH'], VIGIE_LOG_LEVEL: 'warn' }
  const { stdout } = spawnSync('sh', ['-c', command], { env: environment, encoding: 'utf8' })
  const told = stdout.split('\n').filter((line) => line.startsWith('VIGIE_'))
  expect(told.sort()).toEqual([
    'VIGIE_DATA=/var/lib/vigie',
    'VIGIE_LOG_LEVEL=warn',
    'VIGIE_MAIL_FROM=Vigie <vigie@example.org>',
    'VIGIE_PUBLIC_URL=https://hub.example.org/?a=b',
    'VIGIE_WEBHOOK_SECRET=whsec_AA==',
  ])
})
