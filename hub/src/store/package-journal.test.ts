// What waits to be written of packages, on a real database file that another process can lock.
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { packageLine, packagesText } from '@vigie/shared/protocol/package-line'
import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import type { PackageChange } from '../ingest/ports.ts'
import { listeningLog, tempDirectory } from '../../test/test-hub.ts'
import { PackageJournal } from './package-journal.ts'
import { hashOfText } from './package-text.ts'
import { DATABASE_FILE, openStore } from './store.ts'

const HOSTS = [1, 2, 3]

async function open(maxLength?: number) {
  const dataDir = await tempDirectory()
  const store = await openStore({
    dataDir,
    busyTimeoutMs: 1,
    onThreadDied(error) {
      throw error
    },
  })
  for (const id of HOSTS) {
    const facts = { boot_id: null, inventory_json: null, inventory_hash: null, goodbye: null }
    const numbers = { created_ms: 0, interval_ms: 1000, last_seen_ms: null }
    await store.db
      .insertInto('host')
      .values({
        id,
        name: `h${id}`,
        public_key: `k${id}`,
        agent_version: '1',
        ...facts,
        ...numbers,
      })
      .execute()
  }
  const { log, says } = listeningLog()
  const written: number[] = []
  const forgotten: number[] = []
  const journal = await PackageJournal.open({
    records: store.packages,
    log,
    onWritten: (hostId) => void written.push(hostId),
    onForgotten: (hostId) => void forgotten.push(hostId),
    ...(maxLength !== undefined && { maxLength }),
  })
  onTestFinished(async () => {
    await journal.close()
    await store.close()
  })
  /** Nothing is written until it is let go. */
  const lock = () => {
    const database = new SqliteDatabase(join(dataDir, DATABASE_FILE))
    database.exec('begin immediate')
    return () => void database.close()
  }
  const namesOf = async (hostId: number) =>
    (await store.packages.of(hostId))?.packages.map(({ name }) => name)
  return { store, journal, written, forgotten, says, lock, namesOf }
}

const line = (name: string) => packageLine({ manager: 'dpkg', name, version: '1' })
const hashOf = (...names: string[]) => hashOfText(packagesText(names.map(line)))
const whole = (...names: string[]): PackageChange => {
  return { base: null, hash: hashOf(...names), readMs: 1, put: names.map(line), removed: [] }
}
const added = (before: string[], name: string): PackageChange => {
  return { ...whole(...before, name), base: hashOf(...before), put: [line(name)] }
}

it('is what a host told last, at once, and on the disk in the end', async () => {
  const { journal, written, namesOf } = await open()
  expect(journal.hashOf(1)).toBeNull()
  journal.add(1, whole('a'))
  journal.add(2, whole('b'))
  journal.add(1, added(['a'], 'c'))
  expect(journal.hashOf(1)).toBe(hashOf('a', 'c'))
  await journal.close()
  expect(written).toEqual([1, 2, 1])
  expect([await namesOf(1), await namesOf(2)]).toEqual([['a', 'c'], ['b']])
})

it('a journal that is opened anew knows what is kept', async () => {
  const { store, journal } = await open()
  journal.add(1, whole('a'))
  await journal.close()
  const { log } = listeningLog()
  const again = await PackageJournal.open({ records: store.packages, log })
  expect([again.hashOf(1), again.hashOf(2)]).toEqual([hashOf('a'), null])
})

it('what was told before a whole list need not be written', async () => {
  const { journal, written, lock, says, namesOf } = await open()
  const release = lock()
  journal.add(1, whole('a'))
  await says('could not be written')
  // The attempt that says so is over: what closes the journal tries once more.
  await nextTurn()
  journal.add(1, added(['a'], 'b'))
  journal.add(1, whole('c'))
  release()
  await journal.close()
  expect(written).toEqual([1])
  expect(await namesOf(1)).toEqual(['c'])
})

it('P4: a change that does not fit forgets what follows it of that host, and of no other', async () => {
  const { journal, written, forgotten, namesOf } = await open()
  journal.add(1, whole('a'))
  journal.add(1, added(['another'], 'b'))
  journal.add(2, whole('b'))
  journal.add(1, added(['another', 'b'], 'c'))
  await journal.close()
  expect(written).toEqual([1, 2])
  expect([journal.hashOf(1), journal.hashOf(2)]).toEqual([null, hashOf('b')])
  expect(await namesOf(1)).toEqual(['a'])
  expect(forgotten).toEqual([1])
  // What never fits is asked for once; and again when something was kept since.
  journal.add(1, added(['another'], 'b'))
  await journal.close()
  expect(forgotten).toEqual([1])
  journal.add(1, whole('a'))
  journal.add(1, added(['another'], 'b'))
  await journal.close()
  expect(forgotten).toEqual([1, 1])
})

it('what waits is bounded: the oldest goes, and its host has to tell all of it again', async () => {
  const { journal, written, forgotten, lock, says, namesOf } = await open(2.5 * line('a').length)
  const release = lock()
  for (const host of HOSTS) journal.add(host, whole('a'))
  await says('are too many')
  expect(HOSTS.map((host) => journal.hashOf(host))).toEqual([null, hashOf('a'), hashOf('a')])
  expect(forgotten).toEqual([])
  release()
  await journal.close()
  expect(forgotten).toEqual([1])
  expect(written).toEqual([2, 3])
  expect(await namesOf(1)).toBeUndefined()
  // One that alone is more than the limit is written all the same.
  journal.add(1, whole('a', 'b', 'c', 'd'))
  await journal.close()
  expect(await namesOf(1)).toEqual(['a', 'b', 'c', 'd'])
})
