// Measures the agent as one executable (npm run package): how large it is, and how long it takes to start.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const STARTS = 10
const name = `vigie-agent-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const executable = fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))

if (!existsSync(executable)) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  spawnSync(process.execPath, ['scripts/package.mjs'], { cwd: root, stdio: ['ignore', 2, 2] })
}
const starts = Array.from({ length: STARTS }, () => {
  const beganMs = performance.now()
  spawnSync(executable, ['--version'])
  return performance.now() - beganMs
}).sort((a, b) => a - b)

print('agent.executable_bytes', statSync(executable).size, 'By', name)
print('agent.download_bytes', statSync(`${executable}.gz`).size, 'By', `${name}.gz`)
print('agent.executable_start_ms', starts[STARTS / 2] ?? NaN, 'ms', `median of ${STARTS} --version`)

function print(metric: string, value: number, unit: string, note: string): void {
  const line = { name: metric, value: Number(value.toFixed(1)), unit, better: 'lower', note }
  console.log(JSON.stringify(line))
}
