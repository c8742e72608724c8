import { describe, expect, it } from 'vitest'
import { READING_KEYS } from '../chart/reading-keys.ts'
import { VIEW_KEYS } from '../chart/view-keys.ts'
import { FIELD_KEYS, FILTER_KEYS, LIST_KEYS, ROW_KEYS } from '../fleet/list-keys.ts'
import { PAGE_KEYS } from '../host/page-keys.ts'
import { SHORTCUTS } from '../shell/shortcuts.ts'
import { capsOf } from './key-caps.ts'
import { nameOf, runKey, type ListedKey } from './key-table.ts'

const press = (key: string, held: { ctrlKey?: boolean; shiftKey?: boolean } = {}) =>
  nameOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...held })

describe('a table of keys', () => {
  it('names a key by what it writes, and by what is held with it where that makes it another', () => {
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('ArrowLeft')).toBe('ArrowLeft')
    expect(press('ArrowLeft', { shiftKey: true })).toBe('Shift ArrowLeft')
    expect(press('K', { ctrlKey: true, shiftKey: true })).toBe('Ctrl k')
  })

  it('runs the row of a key, and leaves a key alone for which it had nothing to do', () => {
    const table = [
      { keys: ['a'], words: 'keyHelp', run: (log: string[], key: string) => void log.push(key) },
      { keys: ['b'], words: 'keyBack', run: () => false },
    ] as const
    const log: string[] = []
    expect(['a', 'b', 'c'].map((key) => runKey(table, key, log))).toEqual([true, false, false])
    expect(log).toEqual(['a'])
  })

  it.each<[string, readonly ListedKey[]]>([
    ['every page', [...SHORTCUTS, ...FILTER_KEYS]],
    ['a list of hosts', [...LIST_KEYS, ...ROW_KEYS]],
    ['a filter', FIELD_KEYS],
    ['a page of time', [...PAGE_KEYS, ...SHORTCUTS, ...FILTER_KEYS]],
    ['a view', VIEW_KEYS],
    ['a plot', READING_KEYS],
  ])('of %s gives a key one meaning', (_, table) => {
    const keys = table.flatMap((row) => row.keys)
    expect(keys).toEqual([...new Set(keys)])
  })
})

it('keys are written as they stand on the keyboard', () => {
  expect(capsOf('Ctrl k', 'en')).toEqual(['Ctrl', 'K'])
  expect(capsOf('g f', 'en')).toEqual(['g', 'f'])
  expect(capsOf('Shift ArrowLeft', 'fr')).toEqual(['Maj', '←'])
  expect(capsOf('Escape', 'fr')).toEqual(['Échap'])
})
