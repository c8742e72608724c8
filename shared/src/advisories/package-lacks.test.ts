// What is missing of what a host has told.
import { expect, it } from 'vitest'
import { MAX_PACKAGES } from '../protocol/limits.ts'
import type { IncompletePackages } from '../protocol/packages.ts'
import { lacksOf } from './package-lacks.ts'
import { lackWords } from './uncompared-words.ts'

const lacks = (packages: number | null, incomplete?: IncompletePackages) =>
  lacksOf({ packages, ...(incomplete && { incomplete }) })

it('P8: is a list, what could not be read for it, and what it was cut by', () => {
  expect(lacks(900)).toEqual([])
  expect(lacks(null)).toEqual(['list'])
  // No machine has no package: its manager is one that agents do not read.
  expect(lacks(0)).toEqual(['packages'])
  expect(lacks(900, { unread: ['rpm', 'homebrew'], isCut: false })).toEqual(['rpm', 'homebrew'])
  expect(lacks(900, { unread: ['rpm'], isCut: true })).toEqual(['rpm', 'rest'])
  expect(lacks(0, { unread: ['rpm'], isCut: false })).toEqual(['rpm'])
})

it('P5: is the rest of a list that is as long as one may be, though the agent cannot say so', () => {
  expect(lacks(MAX_PACKAGES - 1)).toEqual([])
  expect(lacks(MAX_PACKAGES)).toEqual(['rest'])
})

it('is said in words', () => {
  expect(lackWords(['list'], 'en')).toBe('it tells no packages')
  expect(lackWords(['rpm', 'homebrew', 'rest'], 'en')).toBe(
    'not all of rpm and Homebrew could be read and it has more packages than a list may have',
  )
  expect(lackWords(['windows'], 'fr')).toBe('le registre n’a pas pu être lu en entier')
  expect(lackWords(['packages'], 'fr')).toBe('aucun paquet n’a été trouvé')
})
