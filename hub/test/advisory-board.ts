// A publisher of advisories for tests: a server on loopback whose list and documents a test writes, and the source that reads it.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AdvisoryDocument, AdvisorySourceId } from '@vigie/shared/api/advisory'
import { onTestFinished } from 'vitest'
import {
  UnreadableSourceError,
  type AdvisorySource,
  type ListedAdvisory,
  type Reading,
} from '../src/cert/ports.ts'

/** `silent`: it answers nothing until it is told to. */
export type BoardMood = 'well' | 'down' | 'empty' | 'silent'

/** A document that says little; `change` says the rest. */
export function advisory(
  reference: string,
  change: Partial<AdvisoryDocument> = {},
): AdvisoryDocument {
  return {
    source: 'certfr-alerts',
    kind: 'alert',
    reference,
    title: `Exécution de code dans Tarnel ${reference}`,
    url: `https://cert.example/alerte/${reference}/`,
    publishedMs: Date.UTC(2026, 8, 28),
    revisedMs: null,
    closedMs: null,
    risks: ['Exécution de code arbitraire à distance'],
    affected: [{ text: 'Tarnel versions antérieures à 16.4', vendor: 'Tarnel', product: 'Tarnel' }],
    cves: ['CVE-2099-10001'],
    summary: 'Un attaquant peut exécuter du code.',
    solution: 'Mettre à jour.',
    links: [{ title: 'Bulletin', url: 'https://tarnel.example/1' }],
    revisions: [{ dateMs: Date.UTC(2026, 8, 28), text: 'Version initiale' }],
    ...change,
  }
}

export class AdvisoryBoard {
  mood: BoardMood = 'well'
  isWhole = false
  documents: AdvisoryDocument[] = []
  /** Documents of these cannot be had. */
  readonly broken = new Set<string>()
  reads = 0
  documentReads = 0
  readonly #server: Server
  #held: (() => void)[] = []

  private constructor() {
    this.#server = createServer((request, response) => {
      if (request.url === '/list') this.reads++
      else this.documentReads++
      const answer = (): void => {
        if (this.mood === 'down') response.writeHead(503).end()
        else response.end(JSON.stringify(this.#answer(request.url ?? '/')))
      }
      if (this.mood === 'silent') this.#held.push(answer)
      else answer()
    })
  }

  /** Until the test ends. */
  static start(...documents: AdvisoryDocument[]): Promise<AdvisoryBoard> {
    return AdvisoryBoard.startUntil(onTestFinished, documents)
  }

  static async startUntil(
    atEnd: (end: () => Promise<void>) => void,
    documents: AdvisoryDocument[],
  ): Promise<AdvisoryBoard> {
    const board = new AdvisoryBoard()
    board.documents = documents
    board.#server.listen(0, '127.0.0.1')
    await once(board.#server, 'listening')
    atEnd(() => {
      board.#server.closeAllConnections()
      return new Promise((resolve) => board.#server.close(() => resolve()))
    })
    return board
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Answers what was kept waiting. */
  speak(): void {
    this.mood = 'well'
    for (const answer of this.#held) answer()
    this.#held = []
  }

  /** Replaces what one of them says. */
  revise(reference: string, change: Partial<AdvisoryDocument>): void {
    this.documents = this.documents.map((document) =>
      document.reference === reference ? { ...document, ...change } : document,
    )
  }

  source(id: AdvisorySourceId = 'certfr-alerts'): AdvisorySource {
    return boardSource(this.url, id, () => this.isWhole)
  }

  #answer(path: string): unknown {
    if (path !== '/list') {
      const reference = path.slice(1)
      if (this.broken.has(reference)) return undefined
      return this.documents.find((document) => document.reference === reference)
    }
    return this.mood === 'empty' ? [] : this.documents.map(listedOf)
  }
}

function listedOf(document: AdvisoryDocument): ListedAdvisory {
  const { reference, title, closedMs } = document
  const listHash = createHash('sha256').update(JSON.stringify(document)).digest('base64url')
  return { reference, listHash, title, isClosed: closedMs !== null }
}

/** Reads the board at `url`. */
export function boardSource(
  url: string,
  id: AdvisorySourceId,
  isWhole = (): boolean => false,
): AdvisorySource {
  const get = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const response = await fetch(url + path, { signal })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    return response.json()
  }
  return {
    id,
    url,
    read: async (known, signal): Promise<Reading> => {
      try {
        const listed = (await get('/list', signal)) as ListedAdvisory[]
        const documents: AdvisoryDocument[] = []
        const failures: Reading['failures'][number][] = []
        for (const { reference, listHash, isClosed } of listed) {
          const before = known.get(reference)
          if (before?.listHash === listHash && before.isRead) continue
          if (known.size === 0 && isClosed) continue
          try {
            documents.push((await get(`/${reference}`, signal)) as AdvisoryDocument)
          } catch (error) {
            failures.push({ kind: 'bad-document', detail: `${reference}: ${String(error)}` })
          }
        }
        return { by: 'data', listed, isWhole: isWhole(), documents, failures }
      } catch (error) {
        throw new UnreadableSourceError([
          {
            kind: 'http-error',
            detail: String(error),
            screenshot: new Uint8Array([137, 80, 78, 71]),
            html: '<h1>503</h1>',
          },
        ])
      }
    },
  }
}
