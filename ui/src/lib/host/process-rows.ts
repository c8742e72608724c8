// Owns how a process is told in a row of the table.
import type { Process } from '@vigie/shared/protocol/inventory'
import { formatValue } from '../format/format-value.ts'
import { UNKNOWN, type Quantity } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'

export interface ProcessRow {
  readonly pid: number
  readonly name: string
  readonly command: string
  readonly user: string
  readonly cpu: Quantity
  readonly memory: Quantity
  readonly read: Quantity
  readonly write: Quantity
  readonly threads: string
}

export function processRow(process: Process, locale: Locale): ProcessRow {
  const { pid, name, command, user, cpuRatio, memoryBytes, threads } = process
  return {
    pid,
    name,
    command,
    user: user ?? UNKNOWN.number,
    cpu: formatValue(cpuRatio, '1', locale, { percentDecimals: 1 }),
    memory: formatValue(memoryBytes, 'By', locale, { binary: true }),
    read: rate(process.readBytesPerS, locale),
    write: rate(process.writeBytesPerS, locale),
    threads: threads === undefined ? UNKNOWN.number : String(threads),
  }
}

// Most processes read and write nothing: a bare 0 keeps the column calm.
function rate(bytesPerS: number | undefined, locale: Locale): Quantity {
  if (bytesPerS === 0) return { number: '0', unit: '' }
  return formatValue(bytesPerS, 'By/s', locale)
}
