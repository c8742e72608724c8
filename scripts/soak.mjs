// Owns `npm run soak`: the tests that take long because they kill, restart and repeat. Their short form is in `npm test`.
import { ensureInstalled, pinnedEnvironment, runOrExit } from './install.mjs'

ensureInstalled()
runOrExit('npx', ['turbo', 'run', 'test', '--concurrency=1', '--env-mode=loose'], {
  env: { ...pinnedEnvironment(), VIGIE_SOAK: '1' },
})
