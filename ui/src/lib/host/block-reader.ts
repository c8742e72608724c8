// Owns the reading of live frames: blocks with the series tables that they refer to.
import { decodeBlock, type Block } from '@vigie/shared/codec/block'

export class BlockReader {
  readonly #tables = new Map<number, readonly string[]>()

  learn(table: { revision: number; keys: readonly string[] }): void {
    this.#tables.set(table.revision, table.keys)
  }

  /** Null when its table has not been told. Throws a CodecError for what is no block. */
  read(bytes: Uint8Array): { keys: readonly string[]; block: Block } | null {
    const block = decodeBlock(bytes)
    const keys = this.#tables.get(block.revision)
    return keys ? { keys, block } : null
  }
}
