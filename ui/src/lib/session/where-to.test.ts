import { expect, it } from 'vitest'
import { whereTo } from './where-to.ts'

const goesTo = (to: string | undefined) =>
  whereTo(
    {
      origin: 'https://hub.example',
      searchParams: new URLSearchParams(to === undefined ? {} : { to }),
    },
    '/vigie/',
  )

it('goes back to where somebody was, with what was asked for there', () => {
  expect(goesTo('/vigie/hosts/1?range=1h')).toBe('/vigie/hosts/1?range=1h')
  expect(goesTo('https://hub.example/vigie/cert#open')).toBe('/vigie/cert#open')
  expect(goesTo(undefined)).toBe('/vigie/')
})

it.each([
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/\t/evil.example',
  'https://evil.example/',
  'https:evil.example',
  'javascript:alert(1)',
  'http://[',
])('goes to no other site by %j', (to) => {
  const path = goesTo(to)
  expect(new URL(path, 'https://hub.example').origin).toBe('https://hub.example')
  expect(path).not.toMatch(/^\/\//)
})
