// Owns how the agent starts itself again, for work whose memory is to be given back when it is done.
import { isSea } from 'node:sea'
import { fileURLToPath } from 'node:url'

/** What main.ts does under these names; none of them is a command for people. */
export type OwnWork = 'read-inventory' | 'read-packages'

/** The program and its arguments: this executable where the agent is one, else this Node with the sources. */
export function ownProcess(work: OwnWork, ...args: string[]): [program: string, args: string[]] {
  const program = isSea() ? [] : [fileURLToPath(new URL('./main.ts', import.meta.url))]
  return [process.execPath, [...program, work, ...args]]
}
