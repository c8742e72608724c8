import { expect, it } from 'vitest'
import { keepAddresses } from './forwarded-for.ts'

const kept = (written: string): string | undefined => {
  const headers: Record<string, string> = { 'x-forwarded-for': written }
  keepAddresses({ headers })
  return headers['x-forwarded-for']
}

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['198.51.100.1, 203.0.113.7', '198.51.100.1, 203.0.113.7'],
  ['2001:db8::7,203.0.113.7', '2001:db8::7, 203.0.113.7'],
  ['<script>, 203.0.113.7', '203.0.113.7'],
  ['198.51.100.1, unknown, 203.0.113.7', '203.0.113.7'],
])('keeps addresses of %j', (written, addresses) => {
  expect(kept(written)).toBe(addresses)
})

it.each([
  '',
  ',',
  'unknown',
  '_hidden',
  'localhost',
  '203.0.113.7:4280',
  '[2001:db8::7]',
  '203.0.113.007',
  '1',
  '0x7f.0.0.1',
  'admin signed in from 127.0.0.1',
  '203.0.113.7, {"level":60}',
  `fe80::1%${'x'.repeat(100)}`,
])('takes %j for no address', (written) => {
  expect(kept(written)).toBeUndefined()
})
