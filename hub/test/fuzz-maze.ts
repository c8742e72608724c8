// Owns a parser with a fault that only comes to light step by step: who edits blindly does not find it, who is guided does.
import { Buffer } from 'node:buffer'

export const MAZE = 'the maze'

const WAY = Buffer.from('{["-&')

/** Throws for what begins as the way does. */
export function runMaze(bytes: Buffer): void {
  if (bytes[0] !== WAY[0]) return
  if (bytes[1] !== WAY[1]) return
  if (bytes[2] !== WAY[2]) return
  if (bytes[3] !== WAY[3]) return
  if (bytes[4] === WAY[4]) throw new Error('the end of the maze')
}
