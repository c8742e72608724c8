// The hub's unit as systemd itself judges it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const UNIT = join(import.meta.dirname, '../../../packaging/hub/vigie.service')
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0

describe.runIf(hasAnalyze)('systemd-analyze', () => {
  const analyze = (...args: string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-unit-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'vigie.service')
    // What it runs has to be there.
    const text = readFileSync(UNIT, 'utf8').replace('/usr/bin/vigie hub', process.execPath)
    writeFileSync(path, text)
    return spawnSync('systemd-analyze', [...args, path], { encoding: 'utf8' })
  }

  it('verifies it without a word', () => {
    const { stderr, status } = analyze('verify')
    expect(stderr.split('\n').filter((line) => line.includes('vigie'))).toEqual([])
    expect(status).toBe(0)
  })

  it('gives it an exposure of no more than Chromium needs', () => {
    const { stdout } = analyze('security', '--offline=true', '--no-pager')
    expect(Number(/exposure level for .*: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThanOrEqual(2.5)
  })
})
