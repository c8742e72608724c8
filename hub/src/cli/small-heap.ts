// Owns keeping a long command small: V8 would rather let garbage of hundreds of megabytes gather than look for it.
import { setFlagsFromString } from 'node:v8'

/** Costs a fifth of the processor time, and halves what the process takes. */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20')
  setFlagsFromString('--semi-space-growth-factor=1')
}
