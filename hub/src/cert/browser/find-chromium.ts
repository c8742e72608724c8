// Owns which Chromium the watch uses: the one that is set, else Playwright's own, else the system's, a snap last.
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { isSnap } from './snap-chromium.ts'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const ELSEWHERE: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}
/** A service's PATH is often short. */
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin']
/** Where in its folders Playwright unpacks to, newer layouts first. */
const INSIDE = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-linux/headless_shell',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
]

/**
 * The path of a Chromium that can be started, or undefined. `VIGIE_CHROMIUM` that names none is not made up for by another: who
 * sets it means it.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const set = env.VIGIE_CHROMIUM
  if (set) return isProgram(set) ? set : undefined
  const found = [...playwrights(env), ...systems(env)].filter(isProgram)
  return found.find((program) => !isSnap(program)) ?? found[0]
}

// Not asked of Playwright itself: loading it takes 80 MB, which the hub would keep.
function playwrights(env: NodeJS.ProcessEnv): string[] {
  const folder = env.PLAYWRIGHT_BROWSERS_PATH ?? defaultFolder(env)
  const newestFirst = entriesOf(folder)
    .map((name) => ({ name, revision: /^chromium(?:_headless_shell)?-(\d{1,9})$/.exec(name)?.[1] }))
    .filter(({ revision }) => revision !== undefined)
    .sort((a, b) => Number(b.revision) - Number(a.revision))
  return newestFirst.flatMap(({ name }) => INSIDE.map((path) => join(folder, name, path)))
}

function defaultFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ms-playwright')
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? homedir(), 'ms-playwright')
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ms-playwright')
}

function systems(env: NodeJS.ProcessEnv): string[] {
  const extra = process.platform === 'linux' ? LINUX_FOLDERS : []
  const folders = [...(env.PATH ?? '').split(delimiter), ...extra].filter((folder) => folder !== '')
  const ending = process.platform === 'win32' ? '.exe' : ''
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + ending)))
  return [...onPath, ...(ELSEWHERE[process.platform] ?? [])]
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // There is none: Playwright has fetched nothing.
    return []
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
