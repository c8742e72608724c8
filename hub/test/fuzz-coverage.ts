// Owns the loop that lets coverage guide it: an input that runs a block of the parsers' code that none has run before, or runs it
// in another order of magnitude of times, is kept and edited further. A process of its own: the whole of it is measured.
// Arguments: a seed, how many inputs for each parser, and the parsers' names. It prints a line of JSON for each.
import { Buffer } from 'node:buffer'
import { Session, type Profiler } from 'node:inspector'
import fc from 'fast-check'
import { edited, edits, type Edit } from './fuzz-edits.ts'
import { MAZE, runMaze } from './fuzz-maze.ts'
import { PARSERS, readWith, type Parser } from './fuzz-parsers.ts'

/** What came of one parser. */
export interface Guided {
  readonly parser: string
  readonly inputs: number
  /** The inputs that ran something new, the given ones not among them. */
  readonly kept: number
  /** What was thrown that may not be, and the input as base64. */
  readonly fault: { readonly words: string; readonly input: string } | null
}

type Bytes = Buffer<ArrayBuffer>

const MAX_INPUT_BYTES = 20_000
/** Asking what has run takes longer than most inputs do. */
const BATCH = 10
const MEASURED = /\/(agent|hub|shared)\/src\/|\/fuzz-maze\.ts$/

class Coverage {
  readonly #session = new Session()
  readonly #seen = new Set<string>()

  constructor() {
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** What has run since the last time, and never before. It is new until it is told to be known. */
  news(): string[] {
    let scripts: Profiler.ScriptCoverage[] = []
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error
      scripts = result
    })
    const marks = scripts
      .filter(({ url }) => MEASURED.test(url))
      .flatMap(({ url, functions }) =>
        functions.flatMap(({ ranges }) =>
          ranges.map(
            // Of loops that went round five times, and six, nobody learns much.
            ({ startOffset, endOffset, count }) =>
              `${url} ${startOffset} ${endOffset} ${32 - Math.clz32(count)}`,
          ),
        ),
      )
    return marks.filter((mark) => !this.#seen.has(mark))
  }

  know(marks: readonly string[]): void {
    for (const mark of marks) this.#seen.add(mark)
  }
}

class Fault extends Error {
  readonly input: Bytes

  constructor(cause: unknown, input: Bytes) {
    super(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), { cause })
    this.input = input
  }
}

async function run(parser: Parser, inputs: readonly Bytes[]): Promise<void> {
  for (const input of inputs) {
    try {
      await readWith(parser, input)
    } catch (error) {
      throw new Fault(error, input)
    }
  }
}

const coverage = new Coverage()

async function guided(
  name: string,
  parser: Parser,
  { seed, inputs }: { seed: number; inputs: number },
): Promise<Guided> {
  const corpus = parser.seeds.map((each) => Buffer.from(each as string))
  const given = corpus.length
  await run(parser, corpus)
  coverage.know(coverage.news())
  let made = 0
  const so = (fault: Guided['fault']): Guided => {
    return { parser: name, inputs: made, kept: corpus.length - given, fault }
  }
  try {
    for (let round = 0; made < inputs; round++) {
      const batch = fc
        .sample(edits, { numRuns: BATCH, seed: seed + round })
        .map((wrong) => mixed(corpus, made++, wrong))
      await run(parser, batch)
      const news = coverage.news()
      if (news.length === 0) continue
      for (const input of batch) {
        await run(parser, [input])
        const own = coverage.news()
        if (own.length > 0) corpus.push(input)
        coverage.know(own)
      }
      coverage.know(news)
    }
    return so(null)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return so({ words: error.message, input: error.input.toString('base64') })
  }
}

/** One of the corpus, the newest as often as all others; now and then with the end of another. */
function mixed(corpus: readonly Bytes[], turn: number, wrong: readonly Edit[]): Bytes {
  const at = (index: number): Bytes => corpus[index % corpus.length] ?? Buffer.alloc(0)
  const [{ at: where, length } = { at: 0, length: 0 }] = wrong
  const base = turn % 2 === 0 ? at(corpus.length - 1) : at(where)
  const other = at(where + length)
  const begun = base.subarray(0, where % (base.length + 1))
  const ended = other.subarray(where % (other.length + 1))
  const start = turn % 5 === 0 ? Buffer.concat([begun, ended]) : base
  return wrong.reduce(edited, start).subarray(0, MAX_INPUT_BYTES)
}

const [seed = '1', inputs = '1000', ...names] = process.argv.slice(2)
for (const name of names) {
  const parser = name === MAZE ? { seeds: ['x'], read: runMaze } : PARSERS[name]
  if (!parser) throw new Error(`there is no parser "${name}"`)
  const found = await guided(name, parser, { seed: Number(seed), inputs: Number(inputs) })
  process.stdout.write(`${JSON.stringify(found)}\n`)
}
