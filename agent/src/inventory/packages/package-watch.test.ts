// When packages are read: a clock that the test drives, real files, and the real process that reads them.
import { rename, writeFile } from 'node:fs/promises'
import { MAX_PACKAGES } from '@vigie/shared/protocol/limits'
import { packageOf } from '@vigie/shared/protocol/package-line'
import { expect, it, onTestFinished } from 'vitest'
import { machineOf, type Tree } from '../../../test/machine-tree.ts'
import { DrivenClock } from '../../../test/test-clocks.ts'
import { linesIn, type PackageList } from './package-list.ts'
import { PackageWatch } from './package-watch.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const paragraph = (name: string) => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n\n`

async function watchOf(tree: Tree) {
  const root = await machineOf(tree)
  const clock = new DrivenClock()
  const read: PackageList[] = []
  const warnings: string[] = []
  let wake = (): void => undefined
  // A look is over when the watch waits for the next one.
  const looked = async (): Promise<void> => {
    await new Promise<void>((resolve) => (wake = resolve))
  }
  const watch = new PackageWatch({
    clock: {
      monotonicMs: () => clock.monotonicMs(),
      wallMs: () => clock.wallMs(),
      bootMs: () => clock.bootMs(),
      setTimeout: (callback, delayMs) => {
        wake()
        return clock.setTimeout(callback, delayMs)
      },
    },
    logger: { warn: (_, message) => void warnings.push(message) },
    root,
    nowMs: () => 1234.5,
    onRead: (list) => void read.push(list),
  })
  onTestFinished(() => watch.close())
  const names = () => read.map((list) => [...linesIn(list)].map((line) => packageOf(line).name))
  const pass = async (ms: number): Promise<void> => {
    const over = looked()
    clock.advance(ms)
    await over
  }
  /** Passes time in looks. */
  const passMinutes = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) await pass(MINUTE_MS)
  }
  return { root, watch, clock, read, names, warnings, pass, passMinutes }
}

/** As package managers do it. */
async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}-new`, content)
  await rename(`${path}-new`, path)
}

it('P1: at the start, soon after a change, each day, and not in between', async () => {
  const { root, read, names, pass, passMinutes, warnings } = await watchOf({
    'var/lib/dpkg/status': paragraph('a'),
  })
  await pass(5_000)
  expect(names()).toEqual([['a']])
  expect(read[0]?.readMs).toBe(1235)
  // Now it knows what to watch, and reads once more what may have changed meanwhile.
  await passMinutes(1)
  expect(read).toHaveLength(2)
  expect(read[1]?.hash).toBe(read[0]?.hash)
  await passMinutes(30)
  expect(read).toHaveLength(2)
  await replace(`${root}var/lib/dpkg/status`, paragraph('a') + paragraph('b'))
  await passMinutes(1)
  expect(names().at(-1)).toEqual(['a', 'b'])
  expect(read).toHaveLength(3)
  await passMinutes(24 * 60 - 1)
  expect(read).toHaveLength(3)
  await passMinutes(1)
  expect(read).toHaveLength(4)
  expect(warnings).toEqual([])
})

it('each hour where there is nothing that could be watched', async () => {
  const { read, pass, passMinutes } = await watchOf({})
  await pass(5_000)
  await passMinutes(59)
  expect(read).toHaveLength(1)
  await pass(HOUR_MS)
  expect(read).toHaveLength(2)
  expect(read[1]?.text).toHaveLength(0)
})

it('what a manager that cannot be read had stays, and the others are told', async () => {
  const { root, read, names, warnings, pass, passMinutes } = await watchOf({
    'var/lib/dpkg/status': paragraph('a'),
    'lib/apk/db/installed': 'P:b\nV:1\n\n',
  })
  await pass(5_000)
  await passMinutes(1)
  expect(read.at(-1)?.incomplete).toBeUndefined()
  await replace(`${root}var/lib/dpkg/status`, 'torn')
  await replace(`${root}lib/apk/db/installed`, 'P:c\nV:1\n\n')
  await passMinutes(1)
  expect(names().at(-1)).toEqual(['c', 'a'])
  expect(read.at(-1)?.incomplete).toEqual({ unread: ['dpkg'], isCut: false })
  expect(warnings).toEqual(['a list of packages could not be read'])
  // It is tried again though nothing is seen to change.
  await replace(`${root}var/lib/dpkg/status`, paragraph('d'))
  await passMinutes(60)
  expect(names().at(-1)).toEqual(['c', 'd'])
  expect(read.at(-1)?.incomplete).toBeUndefined()
})

it('P8: what never could be read beside another is said to be missing, and so is what is too much', async () => {
  const many = Array.from({ length: MAX_PACKAGES + 1 }, (_, index) => paragraph(`p${index}`))
  const { root, read, pass, passMinutes } = await watchOf({
    'var/lib/dpkg/status': many.join(''),
    'lib/apk/db/installed': 'torn',
  })
  await pass(5_000)
  expect(read.at(-1)?.incomplete).toEqual({ unread: ['apk'], isCut: true })
  await replace(`${root}var/lib/dpkg/status`, paragraph('a'))
  await passMinutes(1)
  expect(read.at(-1)?.incomplete).toEqual({ unread: ['apk'], isCut: false })
  // That it could be read now is news, though the packages are the same.
  const { hash } = read.at(-1) ?? {}
  await replace(`${root}lib/apk/db/installed`, '')
  await passMinutes(60)
  expect(read.at(-1)?.text).toEqual(read.at(-2)?.text)
  expect(read.at(-1)?.hash).not.toBe(hash)
})

it('nothing is told while nothing could ever be read', async () => {
  const { read, warnings, pass } = await watchOf({ 'var/lib/dpkg/status': 'torn' })
  await pass(5_000)
  expect(read).toEqual([])
  expect(warnings).toEqual(['a list of packages could not be read'])
})

it('nothing is told while only Homebrew could be read, and the system’s own packages never', async () => {
  const { root, names, pass, passMinutes } = await watchOf({
    'var/lib/dpkg/status': 'torn',
    'home/linuxbrew/.linuxbrew/Cellar/jq/1.7.1/INSTALL_RECEIPT.json': '{}',
  })
  await pass(5_000)
  expect(names()).toEqual([])
  await replace(`${root}var/lib/dpkg/status`, paragraph('a'))
  await passMinutes(60)
  expect(names().at(-1)?.sort()).toEqual(['a', 'jq'])
})

it('nothing happens after its end, though a process was reading', async () => {
  const { watch, clock, read, warnings } = await watchOf({ 'var/lib/dpkg/status': paragraph('a') })
  clock.advance(5_000)
  watch.close()
  watch.close()
  // The process of another watch ends after this one's would have.
  const other = await watchOf({ 'var/lib/dpkg/status': paragraph('a') })
  await other.pass(5_000)
  expect(other.read).toHaveLength(1)
  expect([read, warnings]).toEqual([[], []])
})
