// Owns sockets in use and TCP retransmissions, from /proc/net/sockstat, sockstat6 and snmp.
import { seriesKey } from '@vigie/shared/metrics/series'
import { Counters } from '../counters.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner, numberAfter } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

const LABELS = {
  tcp: Buffer.from('\nTCP: inuse '),
  timeWait: Buffer.from(' tw '),
  udp: Buffer.from('\nUDP: inuse '),
  // The first line of sockstat6: nothing stands before it.
  tcp6: Buffer.from('TCP6: inuse '),
  udp6: Buffer.from('\nUDP6: inuse '),
}
const TCP_LINE = Buffer.from('\nTcp: ')
const RETRANSMITTED = 'RetransSegs'

const connections = (transport: string, state: string) =>
  seriesKey('system.network.connection.count', {
    'network.transport': transport,
    'network.connection.state': state,
  })

/** The sockets of both IP versions together. */
export class SocketsSource implements Source {
  readonly name = 'sockets'
  readonly #v4: ProcFile
  readonly #v6: ProcFile
  readonly #snmp: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #counters = new Counters(1)
  #hasV6: boolean
  #column: number | undefined
  readonly #readings = readingsOf([
    connections('tcp', 'in_use'),
    connections('tcp', 'time_wait'),
    connections('udp', 'in_use'),
    seriesKey('system.network.tcp.retransmits'),
  ])

  constructor(root: string) {
    this.#v4 = new ProcFile(`${root}proc/net/sockstat`)
    this.#v6 = new ProcFile(`${root}proc/net/sockstat6`)
    this.#snmp = new ProcFile(`${root}proc/net/snmp`)
    this.#hasV6 = isReadable(this.#v6)
  }

  read(nowMs: number): Readings {
    const { values } = this.#readings
    this.#v4.read()
    if (this.#hasV6) this.#v6.read()
    this.#snmp.read()
    const of = (file: ProcFile, label: Buffer) => numberAfter(this.#scanner, file, label)
    const v6 = (label: Buffer) => (this.#hasV6 ? of(this.#v6, label) : 0)
    values[0] = of(this.#v4, LABELS.tcp) + v6(LABELS.tcp6)
    values[1] = of(this.#v4, LABELS.timeWait)
    values[2] = of(this.#v4, LABELS.udp) + v6(LABELS.udp6)
    this.#counters.begin(nowMs)
    values[3] = this.#counters.rate(0, this.#retransmitted())
    return this.#readings
  }

  close(): void {
    for (const file of [this.#v4, this.#v6, this.#snmp]) file.close()
  }

  // A line of names, then a line of numbers in the same order.
  #retransmitted(): number {
    const { bytes, length } = this.#snmp
    const names = bytes.indexOf(TCP_LINE)
    const numbers = bytes.indexOf(TCP_LINE, names + TCP_LINE.length)
    if (names < 0 || numbers < 0 || numbers >= length) return NaN
    this.#column ??= bytes
      .toString('latin1', names, numbers)
      .trim()
      .split(/\s+/)
      .indexOf(RETRANSMITTED)
    if (this.#column < 0) return NaN
    const scanner = this.#scanner.over(bytes, length, numbers + 1)
    scanner.skipFields(this.#column)
    return scanner.number()
  }
}

function isReadable(file: ProcFile): boolean {
  try {
    return file.read() > 0
  } catch {
    return false
  }
}
