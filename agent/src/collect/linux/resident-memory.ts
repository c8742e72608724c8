// Owns the size of this process in memory, from /proc/self/statm.
import { ByteScanner } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

export interface ResidentMemory {
  /** Bytes; NaN where the kernel does not tell. */
  read(): number
  close(): void
}

export function residentMemory(pageBytes: number): ResidentMemory {
  const file = new ProcFile('/proc/self/statm')
  const scanner = new ByteScanner()
  return {
    read() {
      scanner.over(file.bytes, file.read())
      scanner.skipField()
      return scanner.number() * pageBytes
    },
    close: () => file.close(),
  }
}
