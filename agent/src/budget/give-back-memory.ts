// Owns giving memory back to the system: what nobody uses any more, and the room that V8 keeps for more.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'major'; flavor: 'last-resort'; execution: 'sync' }) => void

let collect: Collect | undefined

/** Stops the process for some tens of milliseconds. */
export function giveBackMemory(): void {
  if (!collect) {
    // V8 shows its collector to contexts that are made after this flag is set, and to no other.
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as Collect
  }
  // Nothing less gives the pages back: V8 keeps them for what is to come.
  collect({ type: 'major', flavor: 'last-resort', execution: 'sync' })
}
