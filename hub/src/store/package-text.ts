// Owns a host's packages as they are kept: the text of its list, compressed as one.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import { MAX_PACKAGES_LENGTH } from '@vigie/shared/protocol/limits'
import { incompleteEnd, linesOf, packageLine, packageOf } from '@vigie/shared/protocol/package-line'
import type { IncompletePackages, Package } from '@vigie/shared/protocol/packages'

// Both work in threads of Node's own.
const compressed = promisify(zstdCompress)
const decompressed = promisify(zstdDecompress)

/** Half a millisecond more than level 3, and a tenth smaller. */
const LEVEL = 6
/** What a text that is within its limit may be as UTF-8, with its line feeds. */
const MAX_TEXT_BYTES = 4 * MAX_PACKAGES_LENGTH

export function compressText(text: string): Promise<Buffer> {
  return compressed(text, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } })
}

/** Undefined for bytes that {@link compressText} has not made: a damaged list is one that was never told. */
export async function decompressText(payload: Uint8Array): Promise<string | undefined> {
  const text = decompressed(payload, { maxOutputLength: MAX_TEXT_BYTES })
  return text.then(
    (bytes) => bytes.toString('utf8'),
    () => undefined,
  )
}

/** Of a list's text, and of what it lacks. */
export function hashOfText(text: string, incomplete?: IncompletePackages): string {
  return createHash('sha256').update(text).update(incompleteEnd(incomplete)).digest('base64url')
}

/** Lists of a fleet's hosts have most packages in common: more than these are read anew. */
const MAX_KNOWN = 200_000

/** Reads lists of many hosts, and gives what is the same package on several as one object. */
export class PackageReader {
  readonly #known = new Map<string, Package>()

  packagesOf(text: string): Package[] {
    return linesOf(text).map((line) => {
      const known = this.#known.get(line)
      if (known) return known
      const read = packageOf(line)
      if (this.#known.size >= MAX_KNOWN) this.#known.clear()
      // Not the line itself: a part of a text keeps all of the text in memory.
      this.#known.set(packageLine(read), read)
      return read
    })
  }
}
