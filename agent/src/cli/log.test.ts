// The log as a process of its own has it: stderr is the process's.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'

const LOG = JSON.stringify(new URL('./log.ts', import.meta.url).href)

it.skipIf(!existsSync('/dev/full'))('a log on a full disk ends nobody', () => {
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const program = `
    import { createLogger } from ${LOG}
    createLogger('info').warn({}, 'this is lost')
    process.stdout.write('goes on')`
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', full],
    encoding: 'utf8',
  })
  expect(ended).toMatchObject({ status: 0, stdout: 'goes on' })
})
