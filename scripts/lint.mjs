// Owns running ESLint, two at a time: each Svelte file makes it look at all types anew, which takes as long as all others.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const eslint = fileURLToPath(new URL('../node_modules/eslint/bin/eslint.js', import.meta.url))

const statuses = await Promise.all(
  [['**/*.svelte'], ['.', '--ignore-pattern', '**/*.svelte']].map(
    (args) =>
      new Promise((resolve) =>
        spawn(process.execPath, [eslint, '--max-warnings', '0', ...args], {
          stdio: 'inherit',
        }).on('close', resolve),
      ),
  ),
)
process.exit(statuses.find((status) => status !== 0) ?? 0)
