// Owns `npm run dev`: a hub that starts anew with each change, and the dashboard with hot reload in front of it.
import { join } from 'node:path'
import { ensureInstalled, pinnedEnvironment, root, runOrExit } from './install.mjs'

ensureInstalled()
runOrExit('npx', ['turbo', 'run', 'dev', '--env-mode=loose'], {
  env: { ...pinnedEnvironment(), VIGIE_DATA: process.env.VIGIE_DATA ?? join(root, 'data') },
})
