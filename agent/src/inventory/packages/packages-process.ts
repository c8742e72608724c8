// The process that reads what is installed and ends: lists of some megabytes would stay in the agent's memory for good.
import { packageListOf } from './package-list.ts'
import { readPackages } from './read-packages.ts'

/** `root`: that of the machine, with a slash at its end. */
export async function printPackages(root = '/'): Promise<void> {
  const { lines, ...said } = await readPackages(root)
  const { hash, text } = packageListOf(lines, 0, said.incomplete)
  // First, on a line, what is said of the list, then the list.
  process.stdout.write(Buffer.concat([Buffer.from(`${JSON.stringify({ ...said, hash })}\n`), text]))
}
