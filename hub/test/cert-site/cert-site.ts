// A replica of CERT-FR's site for tests: on loopback, with advisories of its own in the true structure, driven through time.
import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { advisoryOf, CLOSING, firstAlerts, firstNotices, type SiteAdvisory } from './advisories.ts'
import { feed, jsonDocument } from './data.ts'
import { answerInMood, type Mood } from './moods.ts'
import {
  ALERTS,
  detailPage,
  homePage,
  listPage,
  NOTICES,
  redesignedPage,
  type Section,
} from './pages.ts'

export type { Mood } from './moods.ts'
export type { SiteAdvisory } from './advisories.ts'

const PER_PAGE = 10
/** What the site does to every request, not to pages alone. */
const OF_ALL: readonly Mood[] = ['maintenance', 'unavailable', 'broken']

export interface SeenRequest {
  readonly path: string
  readonly userAgent: string
}

/** Emits `request` with each path that is asked for. */
export class CertSite extends EventEmitter {
  alerts: SiteAdvisory[] = firstAlerts()
  notices: SiteAdvisory[] = firstNotices()
  mood: Mood = 'well'
  /** Of single paths, instead of `mood`. */
  readonly moodsOf = new Map<string, Mood>()
  /** `redesign`: only links are left; `gone`: the list shows nothing, the home page of October 2022 is there. */
  layout: 'cards' | 'redesign' | 'gone' = 'cards'
  /** Days with two digits, as since May 2024. */
  isPadded = true
  /** What is done to the HTML of a card. */
  spoil: (card: string, advisory: SiteAdvisory) => string = (card) => card
  robots =
    'User-agent: *\nDisallow: /pdf\nDisallow: /tar\nDisallow: /js\nDisallow: /fonts\nDisallow: /fiche/\n'
  /** Bodies by path, instead of what the site would say. */
  readonly bodies = new Map<string, string>()
  /** Where hostile pages lead. */
  trap = 'http://127.0.0.1:1/'
  readonly requests: SeenRequest[] = []
  /** What the feed says, when it is not what the list says. */
  feedOf: (advisories: readonly SiteAdvisory[]) => readonly SiteAdvisory[] = (all) => all
  readonly #server: Server
  readonly #isTls: boolean

  private constructor(isTls: boolean) {
    super()
    this.#isTls = isTls
    const serve = (request: IncomingMessage, answer: ServerResponse) => this.#serve(request, answer)
    this.#server = isTls ? createTlsServer(certificate(), serve) : createServer(serve)
    // Who hangs up is what is tested.
    this.#server.on('clientError', (_, socket) => socket.destroy())
  }

  /** Until the test ends. `tls`: with a certificate for `localhost` that no browser trusts. */
  static async start(options: { readonly tls?: boolean } = {}): Promise<CertSite> {
    const site = await CertSite.open(options)
    onTestFinished(() => site.close())
    return site
  }

  /** Until it is closed, as {@link start}. */
  static async open(options: { readonly tls?: boolean } = {}): Promise<CertSite> {
    const site = new CertSite(options.tls ?? false)
    site.#server.listen(0, '127.0.0.1')
    await once(site.#server, 'listening')
    return site
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return this.#isTls ? `https://localhost:${port}/` : `http://127.0.0.1:${port}/`
  }

  /** What was asked for; rarely, and by no route of Playwright's, Chromium asks for an icon of its own accord. */
  get paths(): string[] {
    return this.requests.map(({ path }) => path).filter((path) => path !== '/favicon.ico')
  }

  alert(reference: string): SiteAdvisory {
    return found(this.alerts, reference)
  }

  /** A new alert stands first; a new notice too. */
  publish(
    reference: string,
    sketch: Partial<SiteAdvisory> & { product?: string } = {},
  ): SiteAdvisory {
    const { product = 'Misaine Portail', ...rest } = sketch
    const advisory = advisoryOf(reference, {
      product,
      listedMs: rest.listedMs ?? Date.UTC(2026, 9, 12),
    })
    Object.assign(advisory, rest)
    const list = reference.includes('-ALE-') ? this.alerts : this.notices
    list.unshift(advisory)
    return advisory
  }

  /** A new revision. `mark`: what is put before the title; none is put by half of the real ones. */
  revise(
    reference: string,
    { text = 'Des correctifs sont là.', mark = '', dateMs = Date.UTC(2026, 9, 14) } = {},
  ): void {
    const advisory = this.alert(reference)
    advisory.revisions.push({ dateMs, text })
    advisory.excerpt = `${text} ${advisory.excerpt}`
    advisory.summary = `**\\[Mise à jour\\]** ${text}\n\n${advisory.summary}`
    if (mark) advisory.title = `${mark} ${advisory.title}`
  }

  /** The list shows another date of publication; nothing else changes. */
  redate(reference: string, listedMs: number): void {
    this.alert(reference).listedMs = listedMs
  }

  /** Behind the open ones. */
  closeAlert(reference: string, closedMs = Date.UTC(2026, 9, 20)): void {
    const advisory = this.remove(reference)
    advisory.closedMs = closedMs
    advisory.revisions.push({ dateMs: closedMs, text: CLOSING })
    const open = this.alerts.filter(({ closedMs }) => closedMs === null)
    this.alerts.splice(open.length, 0, advisory)
  }

  reopen(reference: string, dateMs = Date.UTC(2026, 9, 25)): void {
    const advisory = this.remove(reference)
    advisory.closedMs = null
    advisory.revisions.push({ dateMs, text: 'Réouverture : de nouveaux essais sont vus.' })
    this.alerts.unshift(advisory)
  }

  remove(reference: string): SiteAdvisory {
    const advisory = this.alert(reference)
    this.alerts = this.alerts.filter((other) => other !== advisory)
    return advisory
  }

  /** The same advisories, in another order. */
  reorder(): void {
    this.alerts.reverse()
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  #serve(request: IncomingMessage, answer: ServerResponse): void {
    const { pathname: path } = new URL(request.url ?? '/', this.url)
    this.requests.push({ path, userAgent: request.headers['user-agent'] ?? '' })
    this.emit('request', path)
    answer.on('error', () => undefined)
    const [type, body] = this.#contentOf(path)
    const isPage = type === 'text/html; charset=utf-8'
    const mood =
      this.moodsOf.get(path) ?? (isPage || OF_ALL.includes(this.mood) ? this.mood : 'well')
    if (answerInMood(mood, { answer, html: body, path, trap: this.trap })) return
    answer.writeHead(body === '' ? 404 : 200, { 'content-type': type }).end(body)
  }

  #contentOf(path: string): readonly [type: string, body: string] {
    const given = this.bodies.get(path)
    if (path === '/robots.txt') return ['text/plain', given ?? this.robots]
    if (path === '/') return ['text/html; charset=utf-8', given ?? homePage(this.alerts)]
    const section = path.startsWith(NOTICES.path) ? NOTICES : ALERTS
    const all = section === NOTICES ? this.notices : this.alerts
    const rest = path.startsWith(section.path) ? path.slice(section.path.length) : '-'
    if (rest === 'feed/') {
      return ['application/rss+xml', given ?? feed(this.url, section, this.feedOf(all))]
    }
    const [reference = '', format] = rest.split('/')
    const advisory = all.find((one) => one.reference === reference)
    if (format === 'json') {
      return ['application/json', given ?? (advisory ? jsonDocument(section, advisory) : '')]
    }
    return ['text/html; charset=utf-8', given ?? this.#htmlOf(section, { rest, advisory, all })]
  }

  #htmlOf(
    section: Section,
    {
      rest,
      advisory,
      all,
    }: { rest: string; advisory: SiteAdvisory | undefined; all: readonly SiteAdvisory[] },
  ): string {
    if (advisory) return detailPage(section, advisory)
    const number = rest === '' ? 1 : Number(/^page\/(\d+)\/$/.exec(rest)?.[1])
    if (!number) return ''
    const shown = all.slice((number - 1) * PER_PAGE, number * PER_PAGE)
    if (this.layout === 'redesign') return redesignedPage(section, shown)
    const style = { isPadded: this.isPadded, spoil: this.spoil }
    const pages = Math.ceil(all.length / PER_PAGE)
    return listPage(section, this.layout === 'gone' ? [] : shown, { page: number, pages, style })
  }
}

function found(all: readonly SiteAdvisory[], reference: string): SiteAdvisory {
  const advisory = all.find((one) => one.reference === reference)
  if (!advisory) throw new Error(`the replica has no ${reference}`)
  return advisory
}

function certificate(): { key: string; cert: string } {
  const fixture = (name: string): string =>
    readFileSync(new URL(`../fixtures/relay/${name}`, import.meta.url), 'utf8')
  return { key: fixture('localhost.key.pem'), cert: fixture('localhost.pem') }
}
