// Builds the page to static files in build/, which the hub serves; every path that is not a file gets index.html.
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vitest/config'

const hub = process.env['VIGIE_HUB'] ?? 'http://127.0.0.1:4280'

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ fallback: 'index.html', precompress: true }),
      // The page's scripts find each other wherever they lie: the hub may live under a path.
      paths: { relative: true },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // Inline styles of libraries: SvelteKit's announcer of pages, and bits-ui's `display: contents;`.
          'style-src-attr': [
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
            'sha256-iaOezIDcQIoxCULa6FBKKuLUu09R7kG+Mlu+JVfU3Rw=',
          ],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'base-uri': ['none'],
          'form-action': ['self'],
        },
      },
      compilerOptions: { runes: true },
    }),
  ],
  server: { proxy: { '/api': hub, '/healthz': hub, '/live': { target: hub, ws: true } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
