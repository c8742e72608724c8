// Owns `npm run screenshots`: the pictures of README.md, of the machine that it runs on and of a past that is played.
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled, pinnedEnvironment, runOrExit } from './install.mjs'
import { pinnedNode } from './pinned-node.mjs'

ensureInstalled()
const env = { ...pinnedEnvironment(), VIGIE_CHROMIUM: await ensureChromium() }
runOrExit('npx', ['turbo', 'run', 'build'], { env })
runOrExit(pinnedNode, ['ui/e2e/screenshots.ts'], { env })
