// What is read of CERT-FR as it changes with time: the replica, through real Chromium.
import { describe, expect, it } from 'vitest'
import { day } from './cert-site/advisories.ts'
import { certfr, watchedSite } from './cert-site/certfr.ts'
import { CertSite } from './cert-site/cert-site.ts'
import type { Reading } from '../src/cert/ports.ts'

const references = ({ documents }: Reading): string[] => documents.map(({ reference }) => reference)

/** From CERTFR-2026-ALE-012 on. */
function publishMany(site: CertSite, count: number): void {
  for (let i = 0; i < count; i++) {
    site.publish(`CERTFR-2026-ALE-${String(12 + i).padStart(3, '0')}`)
  }
}

describe('the first reading', () => {
  it('reads the documents of open alerts, and of closed ones that they are there', async () => {
    const site = await CertSite.start()
    const { read } = certfr(site)
    const reading = await read()
    expect(reading).toMatchObject({ by: 'page', failures: [], isWhole: true })
    expect(references(reading)).toEqual([
      'CERTFR-2026-ALE-011',
      'CERTFR-2026-ALE-010',
      'CERTFR-2026-ALE-004',
    ])
    const shown = reading.listed.map(({ reference, title, isClosed }) => [
      reference,
      title,
      isClosed,
    ])
    const there = site.alerts.map(({ reference, title, closedMs }) => [
      reference,
      title.replaceAll(/ +/g, ' '),
      closedMs !== null,
    ])
    expect(shown).toEqual(there)
  })

  it('reads a document as it is, as plain text', async () => {
    const site = await CertSite.start()
    const { documents } = await certfr(site).read()
    expect(documents[0]).toEqual({
      source: 'certfr-alerts',
      kind: 'alert',
      reference: 'CERTFR-2026-ALE-011',
      title: 'Multiples vulnérabilités dans Goéland Passerelle – module d’accès',
      url: `${site.url}alerte/CERTFR-2026-ALE-011/`,
      publishedMs: day(2026, 9, 28),
      revisedMs: null,
      closedMs: null,
      risks: [
        'Exécution de code arbitraire à distance',
        'Atteinte à la confidentialité des données',
      ],
      affected: [
        {
          text: 'Goéland Passerelle versions 4.x antérieures à 4.2.11',
          vendor: 'Goéland',
          product: 'Goéland Passerelle',
        },
        {
          text: 'Goéland Passerelle versions antérieures à 3.9.11',
          vendor: 'Goéland',
          product: null,
        },
      ],
      cves: ['CVE-2026-90011'],
      summary:
        '[Mise à jour du 3 mars] Des essais sont vus.\n\nUne faille de Goéland Passerelle laisse un inconnu lancer ses propres commandes sur le serveur, sans mot de passe. Le phare veille.',
      solution:
        'Contournement provisoire\n\n- Fermer le port ;\n- couper le service.\n\nSolution\n\nInstaller la version 4.2.11.',
      links: [
        { title: 'Bulletin de Goéland Passerelle', url: 'https://editeur.example/11?a=1&b=2' },
        {
          title: 'Le journal du phare sur Goéland Passerelle',
          url: 'https://phare.example/journal',
        },
      ],
      revisions: [{ dateMs: day(2026, 9, 28), text: 'Version initiale' }],
    })
  })

  it('says who it is, and asks for no more than what it needs', async () => {
    const site = await CertSite.start()
    await certfr(site).read()
    expect(new Set(site.requests.map(({ userAgent }) => userAgent))).toEqual(
      new Set(['Vigie/1.2.3 (+https://vigie.example/contact)']),
    )
    expect(site.paths).toEqual([
      '/robots.txt',
      '/alerte/feed/',
      '/alerte/',
      '/alerte/page/2/',
      '/alerte/page/3/',
      '/alerte/CERTFR-2026-ALE-011/json/',
      '/alerte/CERTFR-2026-ALE-010/json/',
      '/alerte/CERTFR-2026-ALE-004/json/',
    ])
  })
})

describe('when time goes on', () => {
  it('reads nothing but the list and the feed when nothing is new', async () => {
    const { site, read } = await watchedSite()
    expect(await read()).toMatchObject({ by: 'page', documents: [], failures: [] })
    expect(site.paths).toEqual(['/robots.txt', '/alerte/feed/', '/alerte/'])
  })

  it('reads a new alert, whatever its number and place', async () => {
    const { site, read } = await watchedSite()
    site.publish('CERTFR-2026-ALE-012')
    site.publish('CERTFR-2026-ALE-002', { listedMs: day(2026, 3, 1) })
    const reading = await read()
    expect(references(reading)).toEqual(['CERTFR-2026-ALE-012', 'CERTFR-2026-ALE-002'])
    expect(reading.failures).toEqual([])
  })

  it.each(['[Màj]', ''])('reads a revision that is marked "%s"', async (mark) => {
    const { site, read } = await watchedSite()
    site.revise('CERTFR-2026-ALE-011', { mark })
    const reading = await read()
    expect(references(reading)).toEqual(['CERTFR-2026-ALE-011'])
    expect(reading.documents[0]).toMatchObject({ revisedMs: day(2026, 10, 14) })
    expect(reading.documents[0]?.revisions).toHaveLength(2)
  })

  it('reads what has another date again, and it keeps the date of its first version', async () => {
    const { site, read } = await watchedSite()
    site.redate('CERTFR-2026-ALE-004', day(2026, 10, 1))
    const reading = await read()
    expect(references(reading)).toEqual(['CERTFR-2026-ALE-004'])
    expect(reading.documents[0]).toMatchObject({ publishedMs: day(2026, 8, 2) })
  })

  it('sees an alert closed, and opened again', async () => {
    const { site, read, known } = await watchedSite()
    site.closeAlert('CERTFR-2026-ALE-010')
    const closed = await read()
    expect(closed.documents).toMatchObject([
      { reference: 'CERTFR-2026-ALE-010', closedMs: day(2026, 10, 20) },
    ])
    expect(known.get('CERTFR-2026-ALE-010')).toMatchObject({ isClosed: true })
    site.reopen('CERTFR-2026-ALE-010')
    expect((await read()).documents).toMatchObject([
      { reference: 'CERTFR-2026-ALE-010', closedMs: null },
    ])
    expect(known.get('CERTFR-2026-ALE-010')).toMatchObject({ isClosed: false })
  })

  it('sees an old closed alert opened again', async () => {
    const { site, read } = await watchedSite()
    site.reopen('CERTFR-2025-ALE-008')
    expect(await read()).toMatchObject({
      documents: [{ reference: 'CERTFR-2025-ALE-008', closedMs: null }],
      failures: [],
    })
  })

  it('does not mind the order', async () => {
    const { site, read } = await watchedSite()
    site.alerts = [...site.alerts.slice(0, 10).reverse(), ...site.alerts.slice(10)]
    expect(await read()).toMatchObject({ documents: [], failures: [] })
  })

  it('shows no more what was removed', async () => {
    const { site, read } = await watchedSite()
    site.alerts = site.alerts.slice(0, 8)
    await read()
    site.remove('CERTFR-2026-ALE-004')
    const reading = await read()
    expect(reading).toMatchObject({ isWhole: true, failures: [] })
    expect(reading.listed.map(({ reference }) => reference)).not.toContain('CERTFR-2026-ALE-004')
  })

  it('lets the newest be withdrawn', async () => {
    const { site, read } = await watchedSite()
    site.remove('CERTFR-2026-ALE-011')
    expect(await read()).toMatchObject({
      by: 'page',
      failures: [],
      isWhole: false,
      gone: ['CERTFR-2026-ALE-011'],
    })
  })

  it('asks for an open alert that is not shown, and sees that it was closed', async () => {
    const { site, read } = await watchedSite()
    site.closeAlert('CERTFR-2026-ALE-010', day(2026, 10, 2))
    const closed = site.remove('CERTFR-2026-ALE-010')
    site.alerts.push(closed)
    expect(await read()).toMatchObject({
      failures: [],
      gone: [],
      documents: [{ reference: 'CERTFR-2026-ALE-010', closedMs: day(2026, 10, 2) }],
    })
    site.requests.length = 0
    await read()
    expect(site.paths).toEqual(['/robots.txt', '/alerte/feed/', '/alerte/'])
  })

  it('reads further pages when more than a page is new', async () => {
    const { site, read } = await watchedSite()
    publishMany(site, 17)
    const reading = await read()
    expect(references(reading)).toHaveLength(17)
    expect(site.paths).toContain('/alerte/page/2/')
    expect(site.paths).not.toContain('/alerte/page/3/')
  })

  it('W3: reads what stands on a page that cannot be read by the feed', async () => {
    const { site, read } = await watchedSite()
    publishMany(site, 14)
    site.moodsOf.set('/alerte/page/2/', 'unavailable')
    const reading = await read()
    expect(reading.failures).toMatchObject([{ kind: 'http-error' }])
    expect(references(reading)).toHaveLength(14)
    site.moodsOf.clear()
    expect(await read()).toMatchObject({ documents: [], failures: [] })
  })

  it('W3, W8: tells more than one run reads by the list, and reads the rest wherever it stands then', async () => {
    const { site, read } = await watchedSite()
    publishMany(site, 45)
    const isTitleOnly = ({ affected }: Reading['documents'][number]): boolean =>
      affected.length === 0
    const { documents, failures } = await read()
    expect(failures).toEqual([])
    expect(documents).toHaveLength(45)
    const left = documents.filter(isTitleOnly).map(({ reference }) => reference)
    expect(left).toHaveLength(5)
    const next = await read()
    expect(references(next).sort()).toEqual(left.sort())
    expect(next.documents.filter(isTitleOnly)).toEqual([])
    site.requests.length = 0
    expect(await read()).toMatchObject({ documents: [], failures: [] })
    expect(site.paths).toEqual(['/robots.txt', '/alerte/feed/', '/alerte/'])
  })

  it('W3: says that more is new than the pages that it reads show', async () => {
    const { site, read } = await watchedSite()
    publishMany(site, 70)
    const reading = await read()
    expect(reading.failures).toMatchObject([{ kind: 'too-large' }])
    expect(reading.listed).toHaveLength(50)
  })

  it('reads dates as they were written before May 2024', async () => {
    const site = await CertSite.start()
    site.isPadded = false
    expect(await certfr(site).read()).toMatchObject({ by: 'page', failures: [] })
  })
})

describe('notices', () => {
  it('are read from the first page, then as they come', async () => {
    const site = await CertSite.start()
    const { read } = certfr(site, { id: 'certfr-notices' })
    const first = await read()
    expect(first).toMatchObject({ by: 'page', failures: [], isWhole: false })
    expect(first.documents).toHaveLength(10)
    expect(first.documents[0]).toMatchObject({
      source: 'certfr-notices',
      kind: 'notice',
      reference: 'CERTFR-2026-AVI-1206',
      closedMs: null,
    })
    site.publish('CERTFR-2026-AVI-1207')
    expect(references(await read())).toEqual(['CERTFR-2026-AVI-1207'])
    expect(await read()).toMatchObject({ documents: [], failures: [] })
  })
})

describe('documents', () => {
  it('are read from their page where there is no structured one', async () => {
    const { site, read } = await watchedSite()
    site.publish('CERTFR-2026-ALE-012')
    site.moodsOf.set('/alerte/CERTFR-2026-ALE-012/json/', 'broken')
    const { documents, failures } = await read()
    expect(failures).toEqual([])
    expect(documents).toMatchObject([
      {
        reference: 'CERTFR-2026-ALE-012',
        title: 'Vulnérabilité dans Misaine Portail',
        publishedMs: day(2026, 10, 12),
        revisedMs: null,
        closedMs: null,
        risks: [
          'Exécution de code arbitraire à distance',
          'Atteinte à la confidentialité des données',
        ],
        affected: [
          { text: 'Misaine Portail versions 4.x antérieures à 4.2.12', vendor: null },
          { text: 'Misaine Portail versions antérieures à 3.9.12', product: null },
        ],
        cves: ['CVE-2026-90012'],
        solution: 'Installer la version corrigée.',
        revisions: [{ dateMs: day(2026, 10, 12), text: 'Version initiale' }],
      },
    ])
    expect(documents[0]?.summary).toMatch(/^\[Mise à jour du 3 mars\] Des essais sont vus\.\n\nUne/)
    expect(documents[0]?.links.map(({ url }) => url)).toContain(
      'https://editeur.example/12?a=1&b=2',
    )
  })

  it('that cannot be read are told by what the list says, and read by the next run', async () => {
    const { site, read } = await watchedSite()
    site.publish('CERTFR-2026-ALE-012')
    site.moodsOf.set('/alerte/CERTFR-2026-ALE-012/json/', 'broken')
    site.moodsOf.set('/alerte/CERTFR-2026-ALE-012/', 'broken')
    const first = await read()
    expect(first.failures).toMatchObject([{ kind: 'http-error' }])
    expect(first.documents).toMatchObject([
      { title: 'Vulnérabilité dans Misaine Portail', publishedMs: day(2026, 10, 12), affected: [] },
    ])
    site.moodsOf.clear()
    const second = await read()
    expect(second.failures).toEqual([])
    expect(second.documents[0]?.affected).toHaveLength(2)
    expect(await read()).toMatchObject({ documents: [] })
  })

  it('of another advisory, or of none, are not believed', async () => {
    const { site, read } = await watchedSite()
    site.publish('CERTFR-2026-ALE-012')
    const path = '/alerte/CERTFR-2026-ALE-012/'
    site.bodies.set(`${path}json/`, '{"reference":"CERTFR-2026-ALE-011","title":"x"}')
    site.bodies.set(path, '<h1>Objet: autre chose</h1>')
    expect((await read()).failures).toMatchObject([{ kind: 'bad-document' }])
  })

  it('with hostile texts come as plain text', async () => {
    const { site, read } = await watchedSite()
    site.publish('CERTFR-2026-ALE-012', {
      title: '<img src=x onerror=alert(1)>\u202eevil\u202c <b>Titre</b>',
      summary: '<script>alert(1)</script><p>Un &lt;b&gt;</p><a href="javascript:alert(1)">lien</a>',
      links: [
        { title: '<i>a</i>', url: 'javascript:alert(1)' },
        { title: '<i>b</i>', url: '//autre.example/x' },
        { title: 'c', url: 'https://nom:secret@autre.example/' },
      ],
      vendorAdvisories: [],
    })
    const { documents } = await read()
    expect(documents[0]).toMatchObject({
      title: 'evil Titre',
      summary: 'Un <b>\n\nlien',
      links: [{ title: 'b', url: 'http://autre.example/x' }],
    })
  })
})
