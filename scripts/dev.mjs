// Owns `npm run dev`: the dashboard with hot reload on its own port, its API and sockets handed to a running hub.
import { ensureInstalled, runOrExit } from './install.mjs'

ensureInstalled()
runOrExit('npm', ['run', 'dev', '-w', 'ui'])
