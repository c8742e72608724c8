// Owns how folded buckets are written as JSON: a few series at a time, because all at once would hold up every socket.
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HistoryFold } from './history-buckets.ts'

const CHUNK_LENGTH = 32_768

/** The text of a `History` (shared/src/api/host.ts). */
export function historyJson(fold: HistoryFold): Readable {
  return Readable.from(written(fold), { objectMode: false })
}

async function* written(fold: HistoryFold): AsyncGenerator<string> {
  let text = `${JSON.stringify(fold.times()).slice(0, -1)},"series":[`
  let separator = ''
  for (const series of fold.series()) {
    text += separator + JSON.stringify(series)
    separator = ','
    if (text.length < CHUNK_LENGTH) continue
    yield text
    text = ''
    await nextTurn()
  }
  yield `${text}]}`
}
