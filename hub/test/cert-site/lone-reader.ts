// A process that reads the replica whose address it is given, as a hub would, and is there to be killed.
import { findChromium } from '../../src/cert/browser/find-chromium.ts'
import { createCertfrSource } from '../../src/cert/sources/certfr-source.ts'

const source = createCertfrSource({
  id: 'certfr-alerts',
  baseUrl: process.argv[2] ?? '',
  browser: () => findChromium(),
  version: '1.2.3',
  contactUrl: 'https://vigie.example/contact',
})
await source.read(new Map(), new AbortController().signal)
