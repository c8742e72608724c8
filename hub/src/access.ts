// Composes who may come in and what they do there: people, tokens, invites, OpenID Connect, and the log of it.
import type { SettingInForce } from '@vigie/shared/api/setting'
import type { FastifyBaseLogger } from 'fastify'
import type { InviteDesk, SettingsReader } from './api/access-ports.ts'
import { createAuditLog } from './audit/audit-log.ts'
import { createApiTokens } from './auth/api-tokens.ts'
import { createOidcSignIn } from './auth/oidc-sign-in.ts'
import { createPeople } from './auth/people.ts'
import { createRightsChanges } from './auth/rights-changes.ts'
import type { SecondFactorPolicy } from './auth/second-factor-policy.ts'
import type { Clock } from './clock.ts'
import { createInviteMailer } from './mail/invite-mailer.ts'
import type { MailSettings } from './mail-settings.ts'
import type { OidcSettings } from './oidc-settings.ts'
import type { HostEvent } from './store/event-log.ts'
import type { Database } from './store/schema.ts'

export interface AccessParts {
  readonly db: Database
  readonly secret: string
  /** Where the hub lives behind a proxy, such as `/vigie`; '' is the root. */
  readonly basePath: string
  /** Whether browsers reach the hub over TLS. */
  readonly isSecure: boolean
  readonly mail: MailSettings
  readonly oidc: OidcSettings['oidc']
  readonly secondFactorPolicy: SecondFactorPolicy | undefined
  readonly settings: readonly SettingInForce[]
  /** The address that people reach the hub at. */
  readonly hubUrl: () => string
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

const END_SESSIONS_EVERY_MS = 60_000
const FORGET_EVERY_MS = 3_600_000
const DAY_MS = 86_400_000

export type Access = Awaited<ReturnType<typeof createAccess>>

export async function createAccess(parts: AccessParts) {
  const { db, secret, basePath, isSecure, hubUrl, clock, log } = parts
  const rights = createRightsChanges()
  const audit = createAuditLog({ db, clock, log })
  const people = createPeople({
    db,
    secret,
    basePath,
    isSecure,
    clock,
    onRights: () => rights.tell(),
    ...(parts.secondFactorPolicy && { secondFactorPolicy: parts.secondFactorPolicy }),
  })
  const tokens = createApiTokens(db, clock, { log, onEnded: () => rights.tell() })
  const mailer = await createInviteMailer(parts.mail, clock)

  const chore = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      // It comes again.
      log.error({ err: error }, `${name} failed`)
    }
  }
  const endSessions = (): Promise<void> =>
    chore('ending old sessions', () => people.sessions.endOld())
  const forget = (): Promise<void> => chore('forgetting old audit entries', () => audit.forget())
  // A hub that was away let sessions grow old.
  await endSessions()
  let working: Promise<unknown> = forget()
  const then = (work: () => Promise<void>) => (): void => {
    working = working.then(work)
  }
  const timers = [
    setInterval(then(endSessions), END_SESSIONS_EVERY_MS),
    setInterval(then(forget), FORGET_EVERY_MS),
  ]

  const invites: InviteDesk = {
    list: () => people.invites.list(),
    end: (id) => people.invites.end(id),
    async issue({ language, byName, ...wanted }) {
      const issued = await people.invites.issue({ ...wanted, createdBy: byName })
      if (!issued) return undefined
      const { id, token, expiresMs } = issued
      // In the fragment, which browsers send to nobody.
      const url = `${hubUrl()}/welcome#${token}`
      const kind = wanted.personId === undefined ? 'invite' : 'reset'
      const days = Math.round((expiresMs - clock.nowMs()) / DAY_MS)
      const mail = { kind, url, by: byName, days, to: wanted.email, locale: language } as const
      const mailProblem = await mailer?.send(mail)
      const isMailed = mailer !== undefined && mailProblem === undefined
      return {
        id,
        expiresMs,
        isMailed,
        url: isMailed ? null : url,
        mailProblem: mailProblem ?? null,
      }
    },
  }
  const settings: SettingsReader = { list: () => parts.settings }

  return {
    people,
    tokens,
    audit,
    rights,
    invites,
    settings,
    isSecure,
    oidc: parts.oidc && createOidcSignIn({ settings: parts.oidc, people, hubUrl, clock, log }),

    /** A machine that has joined is in the log too: somebody gave it the token. */
    noteHostEvent({ kind, hostId, detail }: HostEvent): void {
      if (kind !== 'joined' && kind !== 'replaced') return
      const entry = audit.append({
        ...{ actorKind: 'agent', actorId: String(hostId), actorName: detail, address: null },
        ...{ action: 'host.join', target: detail, detail: kind, outcome: 'done' },
      })
      working = Promise.all([working, entry])
    },

    async close(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      await working
      mailer?.close()
    },
  }
}
