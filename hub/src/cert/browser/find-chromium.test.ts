// Which Chromium is used: real files in folders of their own.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium } from './find-chromium.ts'

function folderOf(...programs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-find-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const program of programs) {
    mkdirSync(dirname(join(folder, program)), { recursive: true })
    writeFileSync(join(folder, program), '#!/bin/sh\n')
    chmodSync(join(folder, program), 0o755)
  }
  return folder
}

const inside = 'chrome-linux64/chrome'

it('takes the one that is set, before all others', () => {
  const folder = folderOf('own', `chromium-1/${inside}`)
  const env = { VIGIE_CHROMIUM: join(folder, 'own'), PLAYWRIGHT_BROWSERS_PATH: folder }
  expect(findChromium(env)).toBe(join(folder, 'own'))
})

it('takes no other when the one that is set is not there', () => {
  const folder = folderOf(`chromium-1/${inside}`)
  const env = { VIGIE_CHROMIUM: join(folder, 'none'), PLAYWRIGHT_BROWSERS_PATH: folder }
  expect(findChromium(env)).toBeUndefined()
  expect(findChromium({ ...env, VIGIE_CHROMIUM: folder })).toBeUndefined()
})

it("takes Playwright's newest, before the system's", () => {
  const folder = folderOf(
    `chromium-900/${inside}`,
    `chromium-1255/${inside}`,
    `firefox-2000/${inside}`,
    'bin/chromium',
  )
  const env = { PLAYWRIGHT_BROWSERS_PATH: folder, PATH: join(folder, 'bin') }
  expect(findChromium(env)).toBe(join(folder, 'chromium-1255', inside))
})

it("takes the system's where Playwright has none, and passes by what cannot be started", () => {
  const [broken, folder] = [folderOf('chromium'), folderOf('chromium')]
  chmodSync(join(broken, 'chromium'), 0o644)
  const env = {
    PLAYWRIGHT_BROWSERS_PATH: join(folder, 'none'),
    PATH: [broken, folder].join(delimiter),
  }
  expect(findChromium(env)).toBe(join(folder, 'chromium'))
})
