// Owns what a person is told of a problem of the hub: what is wrong, whether data is safe, and what to do.
import type { HubProblem } from '@vigie/shared/api/hub-state'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface ProblemWords {
  readonly title: string
  readonly safety: string
  readonly remedy: string
}

export function problemWords(kind: HubProblem['kind'], t: typeof Translate): ProblemWords {
  switch (kind) {
    case 'disk-low':
      return {
        title: t('hub:problemDiskLow'),
        safety: t('hub:problemDiskLowSafe'),
        remedy: t('hub:problemDiskLowDo'),
      }
    case 'database-full':
      return {
        title: t('hub:problemDatabaseFull'),
        safety: t('hub:problemDatabaseFullSafe'),
        remedy: t('hub:problemDatabaseFullDo'),
      }
    case 'not-writing':
      return {
        title: t('hub:problemNotWriting'),
        safety: t('hub:problemNotWritingSafe'),
        remedy: t('hub:problemNotWritingDo'),
      }
    case 'mail-failing':
      return {
        title: t('hub:problemMailFailing'),
        safety: t('hub:problemMailFailingSafe'),
        remedy: t('hub:problemMailFailingDo'),
      }
    case 'certificate-expiring':
      return {
        title: t('hub:problemCertificate'),
        safety: t('hub:problemCertificateSafe'),
        remedy: t('hub:problemCertificateDo'),
      }
  }
}
