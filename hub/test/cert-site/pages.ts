// Owns the replica's pages, faults of the real ones included: paragraphs in paragraphs, a button that is never closed, titles that
// begin with a line's end.
import type { SiteAdvisory } from './advisories.ts'
import { escaped, frenchDate } from './site-words.ts'

export interface Section {
  readonly path: string
  readonly className: string
  readonly heading: string
}

export const ALERTS: Section = {
  path: '/alerte/',
  className: 'cert-alert',
  heading: 'Alertes de sécurité',
}
export const NOTICES: Section = {
  path: '/avis/',
  className: 'cert-avis',
  heading: 'Avis de sécurité',
}

export interface ListStyle {
  readonly isPadded: boolean
  /** What is done to a card's HTML before it is sent. */
  readonly spoil: (card: string, advisory: SiteAdvisory) => string
}

export function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="fr_FR"><head><meta charset="UTF-8"><title>${title} - CERT-FR</title>
<link rel="stylesheet" href="/style.css"><script src="/js/site.js"></script></head>
<body><div class="content"><div class="container">${body}</div></div></body></html>`
}

export function listPage(
  section: Section,
  shown: readonly SiteAdvisory[],
  paging: { readonly page: number; readonly pages: number; readonly style: ListStyle },
): string {
  const { path, className, heading } = section
  const { style } = paging
  const cards = shown.map((advisory) => style.spoil(card(section, advisory, style), advisory))
  return page(
    heading,
    `<section class="archive">
 <div class="row row-toolbox"><div><a href="${path}json/" title="Exporter au format JSON"><i></i></a></div></div>
 <div class="post-type-title ${className}"><h1>${heading}</h1><hr /></div>
 <div class="cards"><section class="items-expanded">
${cards.join('\n')}
 </section></div>
 <nav class="text-center"><ul class="page-numbers">${pageNumbers(path, paging)}</ul></nav></section>`,
  )
}

function card(
  { path, className }: Section,
  advisory: SiteAdvisory,
  { isPadded }: ListStyle,
): string {
  const { reference, title, listedMs, closedMs, excerpt } = advisory
  const isAlert = className === 'cert-alert'
  const state = !isAlert ? '' : closedMs === null ? ' open' : ' closed'
  const status =
    closedMs === null ? 'Alerte en cours' : `Clôturée le ${frenchDate(closedMs, isPadded)}`
  return `  <article class="item ${className}${state}">
    <section class="item-header">
      <div class="item-title"><h3>
          <a href="${path}${reference}/">
            ${escaped(title)}</a
          ></h3></div>
      <div class="item-meta">
        <span class="item-ref">${reference}</span>
        <span class="item-date">Publié le ${frenchDate(listedMs, isPadded)}</span>
        ${isAlert ? `<span class="item-status">${status}</span>` : ''}
      </div></section>
    <section class="item-excerpt"><p><p>${escaped(excerpt)}</p>
</p></section>
  </article>`
}

function pageNumbers(path: string, { page, pages }: { page: number; pages: number }): string {
  const numbers = Array.from({ length: pages }, (_, i) => {
    const current = i + 1 === page ? 'current' : ''
    return `<li><a class="page-numbers ${current}" href="${path}page/${i + 1}/">${i + 1}</a></li>`
  })
  const dots = '<li><span class="page-numbers dots">…</span></li>'
  const next = `<li><a class="page-numbers " href="${path}page/${page + 1}/">Suivant »</a></li>`
  return [...numbers, dots, page < pages ? next : ''].join('')
}

/** The home page in its look of October 2022: open alerts, in another order, with other tags and bare dates. */
export function homePage(alerts: readonly SiteAdvisory[]): string {
  const open = alerts.filter(({ closedMs }) => closedMs === null).reverse()
  const items = open.map(
    ({ reference, title, listedMs }) => `<div class="item cert-alert open">
  <div><span class="item-date">${frenchDate(listedMs, false)}</span></div>
  <div><span class="item-ref"><a href="/alerte/${reference}/">${reference}</a></span></div>
  <div><span class="item-title"><a href="/alerte/${reference}/">${escaped(title)}</a></span></div>
  <div><span class="item-status">Alerte en cours</span></div>
  <div><a class="item-link" target="_blank" href="/pdf/${reference}.pdf"><i></i></a></div></div>`,
  )
  return page(
    'Accueil',
    `<div class="row"><div class="col-md-12"><div class="cards"><div class="post-type-title cert-alert"><h2>Alertes de sécurité</h2><hr></div>
<h3 class="subtitle">Les alertes en cours</h3></div><div class="items-list">
 ${items.join('\n ')}
</div><p class="all-post-link"><a href="/alerte/">Voir Toutes les alertes »</a></p></div></div>`,
  )
}

/** A layout that nobody knows: nothing has the class that it had, only links are left. */
export function redesignedPage({ path }: Section, shown: readonly SiteAdvisory[]): string {
  const tiles = shown.map(
    ({ reference, title }) =>
      `<li class="tile"><a href="${path}${reference}/"><b>${escaped(title)}</b></a></li>`,
  )
  return page('Bulletins', `<main><ul class="grid">${tiles.join('')}</ul></main>`)
}

export function detailPage({ path, className }: Section, advisory: SiteAdvisory): string {
  const { reference, title, revisions, risks, affected, cves, links, vendorAdvisories } = advisory
  const sorted = [...revisions].sort((a, b) => a.dateMs - b.dateMs)
  const first = sorted.at(0)?.dateMs ?? advisory.listedMs
  const last = sorted.at(-1)?.dateMs ?? first
  const items = (texts: readonly string[]): string =>
    texts.map((text) => `<li>${escaped(text)}</li>`).join('')
  const row = (label: string, value: string): string =>
    `<tr><td class="col-xs-4">${label}</td><td class="col-xs-8">${value}</td></tr>`
  const linked = [...vendorAdvisories, ...links].map(
    ({ title, url }) => `<li>${escaped(title)}</li><a href="${escaped(url)}">${escaped(url)}</a>`,
  )
  const named = cves.map(
    (cve) => `<li>Référence CVE ${cve}</li><a href="https://cve.example/${cve}">${cve}</a>`,
  )
  return page(
    escaped(title),
    `<article class="article"><section class="article-meta">
  <div class="row row-toolbox row-flex"><div class="link-print"><button onclick="window.print()"><i></i></a></div>
     <div class="link-json"><a href="${path}${reference}/json/" title="Exporter au format JSON"><i></i></a></div></div>
  <div class="row meta-certfr"><div>Paris, le ${frenchDate(first)}</div><div>N° ${reference}</div></div>
  <div class="row meta-post-type"><div class="post-type-title ${className} col-md-12"><h2>Bulletin</h2></div></div>
  <div class="row meta-title"><div class="col-md-12"><h1>Objet: ${escaped(title)}</h1></div></div>
  <div class="row meta-document"><div class="col-md-12"><h2>Gestion du document</h2><div class="col-md-8 col-md-offset-2 meta-table">
   <table class="table table-condensed"><tbody>
    ${row('Référence', reference)}${row('Titre', escaped(title))}${row('Date de la première version', frenchDate(first))}
    ${row('Date de la dernière version', frenchDate(last))}${row('Source(s)', 'Le phare de Pen-Hir<br />')}
   </tbody></table></div></div></div>
</section>
<section class="article-content"><div class="row"><div class="col-md-12">
  <h2>Risques</h2><ul>${items(risks)}</ul>
  <h2>Systèmes affectés</h2><ul>${items(affected.map(({ text }) => text))}</ul>
  <div><h2>Résumé</h2><p><span class="important-content">[Mise à jour du 3 mars]</span> Des essais sont vus.</p><p>${escaped(advisory.excerpt)}</p></div>
  <div><h2 id="solutions">Solutions</h2><p>Installer la version corrigée.</p></div>
  <h2>Documentation</h2><ul>${linked.join('')}${named.join('')}</ul>
</div></div></section>
<section class="article-footer"><h2>Gestion détaillée du document</h2><ol><dl>
  ${sorted.map(({ dateMs, text }) => `<dt><strong>le ${frenchDate(dateMs)}</strong></dt><dd>${escaped(text)}</dd>`).join('\n  ')}
</dl></ol></section></article>`,
  )
}
