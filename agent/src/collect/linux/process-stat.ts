// Owns the reading of one process's figures, from /proc/[pid]/stat and io (man 5 proc_pid_stat, proc_pid_io).
import { closeSync, openSync, readSync } from 'node:fs'
import { ByteScanner } from './byte-scanner.ts'

export interface ProcessStat {
  readonly name: string
  /** User and system time so far, in the kernel's ticks. */
  readonly cpuTicks: number
  /** When it started, in ticks since boot: with the pid, this tells a process from its pid's next owner. */
  readonly startTicks: number
  readonly threads: number
  readonly residentPages: number
}

export interface ProcessIo {
  readonly readBytes: number
  readonly writtenBytes: number
}

const READ_LABEL = Buffer.from('\nread_bytes: ')
const WRITE_LABEL = Buffer.from('\nwrite_bytes: ')
const OPEN_PARENTHESIS = 0x28
const CLOSE_PARENTHESIS = 0x29

const buffer = Buffer.alloc(4096)
const scanner = new ByteScanner()

/** Reads a process's `stat`; undefined when it has ended. */
export function readProcessStat(path: string): ProcessStat | undefined {
  const length = readInto(`${path}/stat`)
  if (length === undefined) return undefined
  // The name may hold anything, parentheses and spaces included: it ends at the last one.
  const open = buffer.indexOf(OPEN_PARENTHESIS)
  const close = buffer.subarray(0, length).lastIndexOf(CLOSE_PARENTHESIS)
  if (open < 0 || close < open) return undefined
  const name = buffer.toString('utf8', open + 1, close)
  scanner.over(buffer, length, close + 1)
  scanner.skipFields(11)
  const cpuTicks = scanner.number() + scanner.number()
  scanner.skipFields(4)
  const threads = scanner.number()
  scanner.skipFields(1)
  const startTicks = scanner.number()
  scanner.skipFields(1)
  const residentPages = scanner.number()
  return { name, cpuTicks, startTicks, threads, residentPages }
}

/** Reads what a process has moved to and from disks; undefined where this user may not know, or it has ended. */
export function readProcessIo(path: string): ProcessIo | undefined {
  const length = readInto(`${path}/io`)
  if (length === undefined) return undefined
  const readBytes = after(READ_LABEL, length)
  const writtenBytes = after(WRITE_LABEL, length)
  return Number.isNaN(readBytes + writtenBytes) ? undefined : { readBytes, writtenBytes }
}

function after(label: Buffer, length: number): number {
  const at = buffer.indexOf(label)
  return at < 0 || at >= length ? NaN : scanner.over(buffer, length, at + label.length).number()
}

// A process may end at any moment, and other users' are closed to us: either way there is nothing to read.
function readInto(path: string): number | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    return readSync(descriptor, buffer, 0, buffer.length, 0)
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
