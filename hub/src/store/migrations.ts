// Owns the ordered record of migrations. Their names are frozen once merged; new ones go to the end.
import type { Migration } from 'kysely/migration'
import * as createSpine from './migrations/0001-create-spine.ts'
import * as createPeople from './migrations/0002-create-people.ts'
import * as createApiTokens from './migrations/0003-create-api-tokens.ts'
import * as createSealed from './migrations/0004-create-sealed.ts'
import * as reseal from './migrations/0005-reseal.ts'
import * as createAlerts from './migrations/0006-create-alerts.ts'
import * as createPackages from './migrations/0007-create-packages.ts'
import * as createAdvisories from './migrations/0008-create-advisories.ts'
import * as limitSight from './migrations/0009-limit-sight.ts'
import * as followAdvisories from './migrations/0010-follow-advisories.ts'
import * as changeHosts from './migrations/0011-change-hosts.ts'
import * as createAccess from './migrations/0012-create-access.ts'
import * as countTrouble from './migrations/0013-count-trouble.ts'
import * as tellIncompletePackages from './migrations/0014-tell-incomplete-packages.ts'
import * as createStatusPages from './migrations/0015-create-status-pages.ts'
import * as noteProofOfSessions from './migrations/0016-note-proof-of-sessions.ts'

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-create-spine': createSpine,
  '0002-create-people': createPeople,
  '0003-create-api-tokens': createApiTokens,
  '0004-create-sealed': createSealed,
  '0005-reseal': reseal,
  '0006-create-alerts': createAlerts,
  '0007-create-packages': createPackages,
  '0008-create-advisories': createAdvisories,
  '0009-limit-sight': limitSight,
  '0010-follow-advisories': followAdvisories,
  '0011-change-hosts': changeHosts,
  '0012-create-access': createAccess,
  '0013-count-trouble': countTrouble,
  '0014-tell-incomplete-packages': tellIncompletePackages,
  '0015-create-status-pages': createStatusPages,
  '0016-note-proof-of-sessions': noteProofOfSessions,
}
