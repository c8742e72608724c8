// The unit as systemd itself judges it.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OPEN_FILE_SINCE, systemdUnit } from './systemd-unit.ts'

const asked = spawnSync('systemctl', ['--version'], { encoding: 'utf8' })
const version = Number(/^systemd (\d+)/.exec(asked.stdout || '')?.[1] ?? 0)
const hasAnalyze = version >= 250 && spawnSync('systemd-analyze', ['--version']).status === 0

describe.runIf(hasAnalyze)(`systemd-analyze ${version}`, () => {
  const unit = () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-unit-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'vigie-agent.service')
    writeFileSync(path, systemdUnit({ executable: process.execPath, version }))
    return path
  }

  it('verifies it without a word', () => {
    const said = spawnSync('systemd-analyze', ['verify', unit()], { encoding: 'utf8' })
    expect(said.stderr.split('\n').filter((line) => line.includes('vigie-agent'))).toEqual([])
    expect(said.status).toBe(0)
  })

  it('gives it an exposure below 2.0', () => {
    const options = ['security', '--offline=true', '--threshold=19', '--no-pager', unit()]
    const out = execFileSync('systemd-analyze', options, { encoding: 'utf8' })
    expect(Number(/exposure level for .*: ([\d.]+)/.exec(out)?.[1])).toBeLessThan(2)
  })
})

it('lets only the agent itself speak for the service, where systemd opens its socket for it', () => {
  const older = systemdUnit({ executable: '/usr/bin/vigie-agent', version: OPEN_FILE_SINCE - 1 })
  expect(older).toContain('NotifyAccess=all')
  expect(older).not.toContain('OpenFile=')
  const newer = systemdUnit({ executable: '/usr/bin/vigie-agent', version: OPEN_FILE_SINCE })
  expect(newer).toContain('NotifyAccess=main\nOpenFile=/run/systemd/notify:notify\n')
})
