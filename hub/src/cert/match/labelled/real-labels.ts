// Owns labels of real documents of CERT-FR by reference, against the made-up fleet: judged by hand from what the documents
// say and the rules of docs/cert.md. The documents themselves are not here; `npm run bench` reads them where it is told to.
import { HOST_NAMES } from './hosts.ts'
import type { Label } from './score.ts'

interface Judged {
  readonly concerned?: string
  readonly check?: string
}

const NOBODY: Judged = {}
const OPENSSL_PACKAGED =
  'deb11-mail deb12-db deb12-web ub20-app ub22-dev ub24-k8s rhel8-db rhel9-pg rocky9-web sles15sp5-app sles15sp6-app alp319-edge alp320-cache arch-desk'

/** A machine that is not named is `not`. */
const JUDGED: Readonly<Record<string, Judged>> = {
  'CERTFR-2024-ALE-009': {
    concerned: 'mac-dev',
    check:
      'deb12-db deb12-web ub22-dev ub24-k8s rhel9-pg rocky9-web sles15sp6-app alp319-edge arch-desk',
  },
  'CERTFR-2022-ALE-007': { check: 'win22-sql win11-desk' },
  'CERTFR-2023-ALE-001': NOBODY,
  'CERTFR-2023-ALE-011': NOBODY,
  'CERTFR-2023-ALE-013': NOBODY,
  'CERTFR-2024-ALE-014': NOBODY,
  'CERTFR-2025-ALE-009': NOBODY,
  'CERTFR-2025-ALE-013': NOBODY,
  'CERTFR-2025-AVI-0009': {
    concerned: 'win11-desk mac-dev',
    check: 'arch-desk rhel8-db sles15sp5-app',
  },
  'CERTFR-2025-AVI-0025': NOBODY,
  'CERTFR-2025-AVI-0033': { concerned: 'ub22-dev win22-sql win11-desk mac-dev' },
  'CERTFR-2025-AVI-0037': { concerned: 'ub22-dev win22-sql win11-desk' },
  'CERTFR-2025-AVI-0041': NOBODY,
  'CERTFR-2025-AVI-0053': { check: 'win22-sql' },
  'CERTFR-2025-AVI-0057': { concerned: 'win11-desk', check: 'arch-desk' },
  'CERTFR-2025-AVI-0069': { concerned: 'ub22-dev ub24-k8s' },
  'CERTFR-2025-AVI-0081': { check: 'deb11-mail rhel9-pg arch-desk' },
  'CERTFR-2025-AVI-0089': {
    check:
      'deb11-mail deb12-db deb12-web ub20-app ub22-dev ub24-k8s rhel8-db rhel9-pg rocky9-web sles15sp5-app sles15sp6-app alp319-edge arch-desk win22-sql win11-desk mac-dev',
  },
  'CERTFR-2025-AVI-0097': {
    concerned: 'win11-desk mac-dev',
    check: 'arch-desk rhel8-db sles15sp5-app',
  },
  'CERTFR-2025-AVI-0109': {
    concerned: 'deb12-web rocky9-web mac-dev',
    check: 'rhel8-db alp319-edge arch-desk',
  },
  'CERTFR-2025-AVI-0129': { concerned: 'win22-sql mac-dev', check: OPENSSL_PACKAGED },
  'CERTFR-2025-AVI-0133': { concerned: 'sles15sp5-app sles15sp6-app' },
  'CERTFR-2025-AVI-0145': { concerned: 'win22-sql', check: 'arch-desk' },
  'CERTFR-2025-AVI-0153': { concerned: 'rhel9-pg' },
  'CERTFR-2025-AVI-0157': NOBODY,
  'CERTFR-2025-AVI-0161': { concerned: 'win11-desk', check: 'arch-desk' },
  'CERTFR-2025-AVI-0185': { concerned: 'ub20-app ub22-dev ub24-k8s' },
  'CERTFR-2025-AVI-0193': { concerned: 'win11-desk', check: 'win22-sql' },
  'CERTFR-2025-AVI-0209': {
    concerned: 'deb12-web rocky9-web mac-dev',
    check: 'alp319-edge arch-desk',
  },
  'CERTFR-2025-AVI-0213': { concerned: 'rhel8-db rhel9-pg' },
  'CERTFR-2025-AVI-0229': { concerned: 'win22-sql' },
  'CERTFR-2025-AVI-0245': NOBODY,
  'CERTFR-2025-AVI-0253': { concerned: 'rhel8-db' },
  'CERTFR-2025-AVI-0277': { check: 'deb11-mail' },
  'CERTFR-2025-AVI-0289': { check: 'win22-sql' },
  'CERTFR-2025-AVI-0293': NOBODY,
  'CERTFR-2025-AVI-0317': { concerned: 'win11-desk mac-dev', check: 'arch-desk' },
  'CERTFR-2025-AVI-0325': NOBODY,
  'CERTFR-2025-AVI-0333': { concerned: 'deb12-db deb12-web' },
  'CERTFR-2025-AVI-0341': { check: 'alp320-cache' },
  'CERTFR-2025-AVI-0349': { concerned: 'ub20-app ub22-dev ub24-k8s' },
  'CERTFR-2025-AVI-0361': { concerned: 'win11-desk', check: 'arch-desk' },
  'CERTFR-2025-AVI-0365': NOBODY,
  'CERTFR-2025-AVI-0369': { concerned: 'sles15sp6-app' },
  'CERTFR-2025-AVI-0373': { check: 'deb12-db rocky9-web' },
  'CERTFR-2025-AVI-0377': { concerned: 'ub22-dev' },
  'CERTFR-2025-AVI-0389': { concerned: 'win22-sql' },
  'CERTFR-2025-AVI-0393': { concerned: 'mac-dev' },
  'CERTFR-2025-AVI-0405': { concerned: 'win11-desk', check: 'win22-sql' },
  'CERTFR-2025-AVI-0445': { concerned: 'win11-desk', check: 'arch-desk' },
  'CERTFR-2025-AVI-0461': {
    concerned: 'win22-sql',
    check: 'ub20-app deb12-web rhel8-db sles15sp6-app',
  },
  'CERTFR-2025-AVI-0473': { concerned: 'rhel8-db win22-sql' },
  'CERTFR-2025-AVI-0477': NOBODY,
  'CERTFR-2025-AVI-0517': { concerned: 'win22-sql' },
  'CERTFR-2025-AVI-0545': NOBODY,
  'CERTFR-2025-AVI-0573': { check: 'deb12-web win11-desk alp319-edge sles15sp6-app mac-dev' },
  'CERTFR-2025-AVI-0577': { concerned: 'win11-desk', check: 'win22-sql' },
  'CERTFR-2025-AVI-0585': NOBODY,
  'CERTFR-2025-AVI-0597': { concerned: 'deb12-web', check: 'rocky9-web' },
  'CERTFR-2025-AVI-0601': { concerned: 'rhel8-db win22-sql', check: 'ub20-app' },
  'CERTFR-2025-AVI-0605': { concerned: 'ub22-dev ub24-k8s', check: 'ub20-app' },
  'CERTFR-2025-AVI-0641': NOBODY,
  'CERTFR-2025-AVI-0645': NOBODY,
  'CERTFR-2025-AVI-0741': NOBODY,
  'CERTFR-2025-AVI-0777': { check: 'win11-desk' },
  'CERTFR-2025-AVI-0825': { concerned: 'deb12-db deb12-web' },
  'CERTFR-2025-AVI-0845': { concerned: 'rhel8-db' },
  'CERTFR-2025-AVI-0869': { concerned: 'win22-sql' },
  'CERTFR-2025-AVI-0885': NOBODY,
  'CERTFR-2025-AVI-0889': NOBODY,
  'CERTFR-2025-AVI-0913': { check: 'deb11-mail rhel9-pg arch-desk' },
  'CERTFR-2025-AVI-0961': { concerned: 'mac-dev' },
  'CERTFR-2025-AVI-0965': NOBODY,
  'CERTFR-2025-AVI-1037': NOBODY,
  'CERTFR-2025-AVI-1061': { concerned: 'deb12-db' },
  'CERTFR-2025-AVI-1109': { check: 'ub24-k8s' },
  'CERTFR-2026-AVI-0017': NOBODY,
  'CERTFR-2026-AVI-0041': NOBODY,
  'CERTFR-2026-AVI-0069': { check: 'win22-sql' },
  'CERTFR-2026-AVI-0073': NOBODY,
  'CERTFR-2026-AVI-0129': { concerned: 'ub22-dev ub24-k8s', check: 'ub20-app' },
  'CERTFR-2026-AVI-0133': { check: 'rocky9-web' },
}

/** A label for every judged document and every machine. */
export function realLabels(): Label[] {
  return Object.entries(JUDGED).flatMap(([reference, { concerned = '', check = '' }]) => {
    const [isConcerned, isToCheck] = [concerned.split(' '), check.split(' ')]
    return HOST_NAMES.map((host): Label => {
      const verdict = isConcerned.includes(host)
        ? 'concerned'
        : isToCheck.includes(host)
          ? 'check'
          : 'not'
      return { reference, host, verdict }
    })
  })
}
