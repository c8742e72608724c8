// Owns how much script a page asks for.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'

const BUILD = new URL('../build', import.meta.url).pathname

/** Counts from now on; what it returns is the sum so far, in bytes as a proxy or the hub sends them (gzip). */
export function weighScripts(page: Page): () => number {
  const seen = new Set<string>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) seen.add(pathname)
  })
  return () => {
    const bytes = [...seen].map((path) => gzipSync(readFileSync(BUILD + path)).length)
    return bytes.reduce((sum, each) => sum + each, 0)
  }
}
