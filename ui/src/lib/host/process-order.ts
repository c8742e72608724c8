// Owns in which order the processes of a host are listed.
import type { Process } from '@vigie/shared/protocol/inventory'

export type ProcessColumn =
  'name' | 'user' | 'pid' | 'cpu' | 'memory' | 'read' | 'write' | 'threads'
export interface ProcessOrder {
  readonly by: ProcessColumn
  readonly descending: boolean
}

const VALUE: Record<ProcessColumn, (process: Process) => number | string | undefined> = {
  name: ({ name }) => name,
  user: ({ user }) => user,
  pid: ({ pid }) => pid,
  cpu: ({ cpuRatio }) => cpuRatio,
  memory: ({ memoryBytes }) => memoryBytes,
  read: ({ readBytesPerS }) => readBytesPerS,
  write: ({ writeBytesPerS }) => writeBytesPerS,
  threads: ({ threads }) => threads,
}

const names = new Intl.Collator('en', { sensitivity: 'base' })

/** The order that a click on a column gives: words from a to z, numbers from the highest, and back. */
export function nextOrder(order: ProcessOrder, by: ProcessColumn): ProcessOrder {
  if (order.by === by) return { by, descending: !order.descending }
  return { by, descending: by !== 'name' && by !== 'user' && by !== 'pid' }
}

/** A sorted copy; what is not known comes last either way, and equal ones stay in the order of their numbers. */
export function ordered(processes: readonly Process[], order: ProcessOrder): Process[] {
  const valueOf = VALUE[order.by]
  return [...processes].sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined) || a.pid - b.pid
    }
    const rising =
      typeof left === 'string' ? names.compare(left, String(right)) : left - Number(right)
    return (order.descending ? -rising : rising) || a.pid - b.pid
  })
}
