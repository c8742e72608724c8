// The hub as a process that reads a board of advisories (VIGIE_TEST_BOARD) when it starts and each minute.
import { pino } from 'pino'
import { createApp } from '../src/app.ts'
import { loadSettings } from '../src/settings.ts'
import { boardSource } from './advisory-board.ts'

const app = await createApp({
  ...loadSettings(),
  certCron: '* * * * *',
  log: pino({ level: 'fatal' }),
  advisorySources: [boardSource(process.env['VIGIE_TEST_BOARD'] ?? '', 'certfr-alerts')],
  limits: { commitEveryMs: 20, busyTimeoutMs: 20 },
})
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
process.send?.({ url: await app.listen() })
