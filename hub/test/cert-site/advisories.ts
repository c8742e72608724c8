// Owns the replica's advisories: an invented world, in the structure and the words' form of CERT-FR's, none of it real.

export interface SiteRevision {
  readonly dateMs: number
  readonly text: string
}

export interface SiteAdvisory {
  reference: string
  title: string
  /** As the list shows it; it may change. */
  listedMs: number
  closedMs: number | null
  excerpt: string
  risks: string[]
  affected: { text: string; vendor: string; product: string }[]
  /** HTML, where an older document has it. */
  affectedContent: string
  cves: string[]
  /** Markdown with HTML in it. */
  summary: string
  solution: string
  links: { title: string; url: string }[]
  vendorAdvisories: { title: string; url: string }[]
  /** In the order in which the document has them, which is not always that of time. */
  revisions: SiteRevision[]
}

export const day = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date)

export const CLOSING =
  "Clôture de l'alerte. La vulnérabilité demeure : seule la version corrigée de l'éditeur protège les équipements."

interface Sketch {
  readonly product: string
  readonly vendor?: string
  readonly listedMs: number
  readonly closedMs?: number
  readonly title?: string
}

/** An advisory of that reference, with all that documents have. */
export function advisoryOf(reference: string, sketch: Sketch): SiteAdvisory {
  const { product, vendor = 'N/A', listedMs, closedMs = null } = sketch
  const number = Number(reference.slice(-3))
  const cve = `CVE-${new Date(listedMs).getUTCFullYear()}-9${String(number).padStart(4, '0')}`
  const words = `Une faille de ${product} laisse un inconnu lancer ses propres commandes sur le serveur, sans mot de passe.`
  const closing = closedMs === null ? [] : [{ dateMs: closedMs, text: CLOSING }]
  return {
    reference,
    title: sketch.title ?? `Vulnérabilité dans ${product}`,
    listedMs,
    closedMs,
    excerpt: `${words} Le phare de Pen-Hir en a observé des essais...`,
    risks: ['Exécution de code arbitraire à distance', 'Atteinte à la confidentialité des données'],
    affected: [
      { text: `${product} versions 4.x antérieures à 4.2.${number}`, vendor, product },
      { text: `${product} versions antérieures à 3.9.${number}`, vendor, product: 'N/A' },
    ],
    affectedContent: '',
    cves: [cve],
    summary: `**\\[Mise à jour du 3 mars\\]** Des essais sont vus.\n\n${words}\nLe phare *veille*.`,
    solution: `## Contournement provisoire\n\n-   Fermer le port ;\n-   couper le **service**.\n\n## Solution\n\nInstaller la version 4.2.${number}.`,
    links: [{ title: `Le journal du phare sur ${product}`, url: 'https://phare.example/journal' }],
    vendorAdvisories: [
      { title: `Bulletin de ${product}`, url: `https://editeur.example/${number}?a=1&b=2` },
    ],
    revisions: [{ dateMs: listedMs, text: 'Version initiale' }, ...closing],
  }
}

const PRODUCTS = [
  'Goéland Passerelle',
  'Amarre VPN',
  'Boussole Courriel',
  'Cabestan Stockage',
  'Drisse Proxy',
  'Écoute Annuaire',
  'Foc Supervision',
  'Gouvernail Serveur',
  'Hublot Bureau',
  'Iroise Sauvegarde',
]

/**
 * Three open and twenty closed: three pages. Their order is that of the site, by opening and closing, so references and dates
 * are out of order.
 */
export function firstAlerts(): SiteAdvisory[] {
  const open = [
    advisoryOf('CERTFR-2026-ALE-011', {
      product: 'Goéland Passerelle',
      vendor: 'Goéland',
      title: 'Multiples vulnérabilités dans Goéland Passerelle – module d’accès',
      listedMs: day(2026, 9, 28),
    }),
    advisoryOf('CERTFR-2026-ALE-010', {
      product: 'Amarre VPN',
      title: '[MàJ] Vulnérabilité  dans Amarre VPN',
      listedMs: day(2026, 9, 1),
    }),
    advisoryOf('CERTFR-2026-ALE-004', { product: 'Drisse Proxy', listedMs: day(2026, 8, 2) }),
  ]
  const closed = Array.from({ length: 20 }, (_, i) => {
    const year = i < 6 ? 2026 : 2025
    const reference = `CERTFR-${year}-ALE-${String(i < 6 ? [9, 7, 8, 6, 1, 3][i] : 26 - i).padStart(3, '0')}`
    return advisoryOf(reference, {
      product: PRODUCTS[i % PRODUCTS.length] ?? 'Phare',
      listedMs: day(year, 1 + (i % 8), 5 + (i % 20)),
      closedMs: day(year, 9, 25 - i),
      title: `${['', '[MàJ] ', '[Màj] ', '[MaJ] '][i % 4]}Vulnérabilité dans ${PRODUCTS[i % PRODUCTS.length]}`,
    })
  })
  const [first] = closed
  // As one in ten of the documents has them.
  first?.revisions.reverse()
  return [...open, ...closed]
}

/** Twelve, of four digits: two pages. They are never closed. */
export function firstNotices(): SiteAdvisory[] {
  return Array.from({ length: 12 }, (_, i) =>
    advisoryOf(`CERTFR-2026-AVI-${String(1206 - i)}`, {
      product: PRODUCTS[i % PRODUCTS.length] ?? 'Phare',
      listedMs: day(2026, 10, 9 - Math.floor(i / 3)),
      title: `Multiples vulnérabilités dans les produits ${PRODUCTS[i % PRODUCTS.length]}`,
    }),
  )
}
