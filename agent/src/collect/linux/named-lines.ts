// Owns the following of kernel tables that have one line per device: which line is whose, without making a string a tick.
import type { ByteScanner } from './byte-scanner.ts'

export interface TableLine<Device> {
  readonly name: Buffer
  /** Absent for a device that is left out. */
  readonly device: Device | undefined
}

/** The lines of a table as they stood last time; devices come and go, and mostly do not. */
export class NamedLines<Device> {
  #lines: TableLine<Device>[] = []
  readonly #known = new Map<string, Device>()
  readonly #make: (name: string) => Device | undefined

  /** `make` is asked for each new name; a device lives until its line is gone. */
  constructor(make: (name: string) => Device | undefined) {
    this.#make = make
  }

  get lines(): readonly TableLine<Device>[] {
    return this.#lines
  }

  /** The devices that are there, by name in code point order. */
  get devices(): readonly (readonly [name: string, device: Device])[] {
    return [...this.#known].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  /**
   * Compares the table with the last one. `toName` moves from the start of a line to its name. Returns true when the
   * devices are not the same; {@link lines} is then already the new one.
   */
  changed(scanner: ByteScanner, start: number, toName: (scanner: ByteScanner) => void): boolean {
    scanner.position = start
    let index = 0
    while (!scanner.atEnd) {
      toName(scanner)
      const line = this.#lines[index]
      if (!line || !scanner.skipIf(line.name)) break
      scanner.skipLine()
      index++
    }
    if (scanner.atEnd && index === this.#lines.length) return false
    return this.#rebuild(scanner, start, toName)
  }

  #rebuild(scanner: ByteScanner, start: number, toName: (scanner: ByteScanner) => void): boolean {
    const before = [...this.#known.keys()].sort().join('\n')
    this.#lines = []
    scanner.position = start
    while (!scanner.atEnd) {
      toName(scanner)
      const name = scanner.name()
      scanner.skipLine()
      const text = textOf(name)
      const device = this.#known.get(text) ?? this.#make(text)
      if (device !== undefined) this.#known.set(text, device)
      this.#lines.push({ name, device })
    }
    this.#forget(new Set(this.#lines.map(({ name }) => textOf(name))))
    return [...this.#known.keys()].sort().join('\n') !== before
  }

  #forget(present: ReadonlySet<string>): void {
    for (const name of this.#known.keys()) if (!present.has(name)) this.#known.delete(name)
  }
}

// Without the byte that ends it.
function textOf(name: Buffer): string {
  return name.toString('utf8', 0, name.length - 1)
}
