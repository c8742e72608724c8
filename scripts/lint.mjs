// Owns running ESLint, two at a time: the hub is about as much as all else.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const eslint = fileURLToPath(new URL('../node_modules/eslint/bin/eslint.js', import.meta.url))

const statuses = await Promise.all(
  [['hub'], ['.', '--ignore-pattern', 'hub']].map(
    (args) =>
      new Promise((resolve) =>
        spawn(process.execPath, [eslint, '--max-warnings', '0', ...args], {
          stdio: 'inherit',
        }).on('close', resolve),
      ),
  ),
)
process.exit(statuses.find((status) => status !== 0) ?? 0)
