// What is known of Chromium as a snap: by its path, and by the script that Ubuntu has for it. Real files in folders of their own.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { isSnap, snapFolder } from './snap-chromium.ts'

const WRAPPER = '#!/bin/sh\nset -e\nexec /snap/bin/chromium "$@"\n'
const PROGRAM = '#!/bin/sh\nexec /usr/lib/chromium/chromium "$@"\n'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'vigie-snap-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

function program(path: string, text: string): string {
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

it('is a link to snap, or a script that starts one', () => {
  const at = folder()
  program(join(at, 'snap'), '\u007fELF')
  symlinkSync(join(at, 'snap'), join(at, 'chromium'))
  expect(isSnap(join(at, 'chromium'))).toBe(true)
  expect(isSnap(program(join(at, 'chromium-browser'), WRAPPER))).toBe(true)
  expect(isSnap(program(join(at, 'other'), PROGRAM))).toBe(false)
  expect(isSnap(program(join(at, 'binary'), '\u007fELF /snap/bin/'))).toBe(false)
  expect(isSnap(join(at, 'none'))).toBe(false)
})

it('is taken last, and where it is named', () => {
  const at = folder()
  const snap = program(join(at, 'chromium'), WRAPPER)
  const none = { PLAYWRIGHT_BROWSERS_PATH: join(at, 'none') }
  expect(findChromium({ ...none, PATH: at, VIGIE_CHROMIUM: snap })).toBe(snap)
  const other = program(join(at, 'microsoft-edge'), PROGRAM)
  expect(findChromium({ ...none, PATH: at })).not.toBe(snap)
  expect(isSnap(other)).toBe(false)
})

it('writes where the hub sees it too, once it has run for this user', () => {
  const home = folder()
  expect(snapFolder(home)).toBeUndefined()
  const common = join(home, 'snap', 'chromium', 'common')
  mkdirSync(common, { recursive: true })
  expect(snapFolder(home)).toBe(common)
})
