// The process that reads what is installed and ends: lists of some megabytes would stay in the agent's memory for good.
import { readPackages } from './read-packages.ts'

const { lines, ...said } = await readPackages(process.argv[2] ?? '/')
// First what is said of the list, then the list.
process.stdout.write([JSON.stringify(said), ...lines].join('\n'))
