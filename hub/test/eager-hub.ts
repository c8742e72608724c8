// The hub as a process whose keeper loses no time: hours are sealed as soon as they are over, again and again.
import { runHub } from '../src/main.ts'

const keeper = {
  settleMs: 0,
  spreadMs: 0,
  calmMs: 0,
  restMs: 0,
  lookEveryMs: 50,
  sealEveryMs: 50,
  forgetEveryMs: 1000,
  departEveryMs: 50,
}
process.exitCode = await runHub({ limits: { keeper } })
