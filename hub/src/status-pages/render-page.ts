// Owns status pages as HTML: without a script, and with nothing to load.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { STATUS_PAGE_LIMITS } from '@vigie/shared/api/status-page'
import type { Locale } from '@vigie/shared/format/locale'
import { html, type Html } from '../html.ts'
import { ratioOf, type DayFigure } from './availability.ts'
import { barOf, glyphOf } from './page-shapes.ts'
import {
  conditionWords,
  dateOf,
  dayWords,
  figureOf,
  momentOf,
  nameOf,
  percentOf,
  problemsSentence,
  summaryOf,
} from './page-sentences.ts'
import { STYLE_ELEMENT } from './page-style.ts'
import { WORDS } from './page-words.ts'
import type { HostReport, StatusReport } from './status-report.ts'

export interface Form {
  readonly locale: Locale
  /** Whether the reader has it stay as it is: what moves by itself can be stopped (WCAG 2.2, 2.2.1 and 2.2.2). */
  readonly isStill: boolean
}

export function renderPage(report: StatusReport, { locale, isStill }: Form): string {
  const words = WORDS[locale]
  const { tone, sentence } = summaryOf(report, locale)
  const title = plainLine(report.title)
  const text = plainLine(report.text, STATUS_PAGE_LIMITS.maxTextLength)
  const problems = problemsSentence(report, locale)
  const hidden = report.hostCount - report.hosts.length
  const body = html`<header>
      <h1><bdi>${title}</bdi></h1>
      ${text === '' ? null : html`<p><bdi>${text}</bdi></p>`}
    </header>
    <section class="panel sum ${tone}">
      ${glyphOf(tone)}
      <div>
        <p class="lead">${sentence}</p>
        ${problems === undefined ? null : html`<p>${problems}</p>`}
      </div>
    </section>
    ${report.hosts.length === 0 ? null : hostList(report, locale)}
    ${hidden > 0 ? html`<p class="small">${words.more(hidden, report.hostCount)}</p>` : null}
    <details>
      <summary>${words.howTitle}</summary>
      ${words.how.map((each) => html`<p>${each}</p>`)}
    </details>
    <footer>
      <p>
        <time datetime="${new Date(report.computedMs).toISOString()}"
          >${words.computed(momentOf(report.computedMs, locale))}</time
        >. ${isStill ? words.still : words.renewed}
        <a href="${isStill ? '?' : '?still'}">${isStill ? words.renewDo : words.stillDo}</a>
      </p>
    </footer>`
  return documentOf({ locale, title, body })
}

/** For an address that has no page, or none that is to be seen: nobody can tell which. */
export function renderMissing(locale: Locale): string {
  const { missingTitle: title, missing } = WORDS[locale]
  const body = html`<header>
    <h1>${title}</h1>
    <p>${missing}</p>
  </header>`
  return documentOf({ locale, title, body })
}

export function renderFailed(locale: Locale): string {
  const { failedTitle: title, failed } = WORDS[locale]
  const body = html`<header>
    <h1>${title}</h1>
    <p>${failed}</p>
  </header>`
  return documentOf({ locale, title, body })
}

function hostList({ hosts }: StatusReport, locale: Locale): Html {
  const words = WORDS[locale]
  const dates = (hosts[0]?.days ?? []).map(({ dayMs }) => html`<li>${dateOf(dayMs, locale)}</li>`)
  return html`<section class="panel" aria-labelledby="servers">
    <div class="row head">
      <h2 id="servers">${words.servers}</h2>
      <div>
        <p>${words.byDay}</p>
        <ol class="days" aria-hidden="true">
          ${dates}
        </ol>
      </div>
      <p class="total">${words.tenDays}</p>
    </div>
    <ul>
      ${hosts.map((host) => hostRow(host, locale))}
    </ul>
  </section>`
}

function hostRow(host: HostReport, locale: Locale): Html {
  const ratio = ratioOf(host.days)
  const total = ratio === null ? '–' : percentOf(ratio, locale)
  return html`<li class="row">
    <div class="who">
      <b><bdi>${nameOf(host, locale)}</bdi></b>
      <p class="${host.condition}">
        ${glyphOf(host.condition)}<span>${conditionWords(host, locale)}</span>
      </p>
    </div>
    <ol class="days">
      ${host.days.map((day) => dayItem(day, locale))}
    </ol>
    <div class="total">${total}<small>${WORDS[locale].tenDays}</small></div>
  </li> `
}

function dayItem(day: DayFigure, locale: Locale): Html {
  const words = dayWords(day, locale)
  const ratio = ratioOf([day])
  return html`<li title="${words}">
    ${barOf(ratio)}<span class="sr">${words}</span
    ><span aria-hidden="true">${ratio === null ? '–' : figureOf(ratio, locale)}</span>
  </li>`
}

interface Document {
  readonly locale: Locale
  readonly title: string
  readonly body: Html
}

function documentOf({ locale, title, body }: Document): string {
  const page = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `
  // How it is indented here is nothing to send: a page of 200 hosts has 2000 bars.
  return page.source.replace(/\n\s+/g, '\n')
}
