// Owns the traffic of network interfaces, from /proc/net/dev, and whether their links are up, from /sys/class/net.
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { Counters } from '../counters.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner } from './byte-scanner.ts'
import { NamedLines } from './named-lines.ts'
import { ProcFile } from './proc-file.ts'

const METRICS = [
  'system.network.io',
  'system.network.packet.count',
  'system.network.errors',
  'system.network.packet.dropped',
] as const
// Bytes, packets, errors and drops lead both halves of a line, which have eight fields each.
const FIELDS_PER_DIRECTION = 8
const RATES = METRICS.length * 2
const UP_AT = RATES
const SERIES_PER_INTERFACE = RATES + 1

const UP = Buffer.from('up')
// What drivers without a notion of a link report: loopback, tunnels.
const UNKNOWN = Buffer.from('unknown')

interface Interface {
  readonly name: string
  readonly counters: Counters
  readonly state: ProcFile
  at: number
}

/** Bytes, packets, errors and drops each way, and the link's state, of each interface. */
export class NetworkSource implements Source {
  readonly name = 'network'
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #states = new ByteScanner()
  readonly #lines: NamedLines<Interface>
  #shown: readonly Interface[] = []
  #readings = readingsOf([])

  constructor(root: string, isExcluded: (name: string) => boolean) {
    this.#file = new ProcFile(`${root}proc/net/dev`)
    this.#lines = new NamedLines((name) =>
      isExcluded(name)
        ? undefined
        : {
            name,
            counters: new Counters(RATES),
            state: new ProcFile(`${root}sys/class/net/${name}/operstate`),
            at: 0,
          },
    )
  }

  /** The interfaces of the last reading. */
  get names(): readonly string[] {
    return this.#shown.map(({ name }) => name)
  }

  read(nowMs: number): Readings {
    const scanner = this.#scanner.over(this.#file.bytes, this.#file.read())
    scanner.skipLine()
    scanner.skipLine()
    const start = scanner.position
    if (this.#lines.changed(scanner, start, toName)) this.#rebuild()
    scanner.position = start
    for (const { name, device } of this.#lines.lines) {
      toName(scanner)
      if (device && scanner.skipIf(name)) this.#readInterface(scanner, device, nowMs)
      scanner.skipLine()
    }
    return this.#readings
  }

  close(): void {
    this.#file.close()
    for (const { state } of this.#shown) state.close()
  }

  #readInterface(scanner: ByteScanner, { counters, state, at }: Interface, nowMs: number) {
    const { values } = this.#readings
    counters.begin(nowMs)
    for (let index = 0; index < RATES; index++) {
      if (index === METRICS.length) scanner.skipFields(FIELDS_PER_DIRECTION - METRICS.length)
      values[at + index] = counters.rate(index, scanner.number())
    }
    values[at + UP_AT] = this.#isUp(state)
  }

  // An interface may go between the reading of the table and this one: then its state is not known.
  #isUp(state: ProcFile): number {
    try {
      const scanner = this.#states.over(state.bytes, state.read())
      return scanner.skipIf(UP) || scanner.skipIf(UNKNOWN) ? 1 : 0
    } catch {
      return NaN
    }
  }

  #rebuild(): void {
    const devices = this.#lines.devices.map(([, device]) => device)
    for (const gone of this.#shown) if (!devices.includes(gone)) gone.state.close()
    this.#shown = devices
    devices.forEach((device, index) => (device.at = index * SERIES_PER_INTERFACE))
    this.#readings = readingsOf(devices.flatMap(({ name }) => keysOf(name)))
  }
}

function toName(scanner: ByteScanner): void {
  scanner.skipSpaces()
}

function keysOf(name: string): SeriesKey[] {
  const nic = { 'network.interface.name': name }
  return [
    ...['receive', 'transmit'].flatMap((direction) =>
      METRICS.map((metric) => seriesKey(metric, { ...nic, 'network.io.direction': direction })),
    ),
    seriesKey('system.network.up', nic),
  ]
}
