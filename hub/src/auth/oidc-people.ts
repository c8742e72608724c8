// Owns who comes in by a provider's word: those it was linked to before, and by an address that it has verified those who
// have an account or an invite; and, as viewers, a group. It never makes an administrator but by invite.
import { MailAddress } from '@vigie/shared/api/mail-address'
import { PersonName } from '@vigie/shared/api/session'
import { Value } from 'typebox/value'
import { keptEmail, type Accounts } from './accounts.ts'
import type { createAuthentication } from './authentication.ts'
import type { createInvites } from './invites.ts'
import type { Identity } from './oidc-client.ts'
import type { PeopleDatabase } from './people-tables.ts'

export type Admission =
  | { readonly outcome: 'known'; readonly personId: string }
  | { readonly outcome: 'unknown-person' | 'unverified-email' }

export interface OidcPeopleParts {
  readonly db: PeopleDatabase
  readonly authentication: ReturnType<typeof createAuthentication>
  readonly accounts: Accounts
  readonly invites: ReturnType<typeof createInvites>
}

const PROVIDER = 'oidc'

export function createOidcPeople({ db, authentication, accounts, invites }: OidcPeopleParts) {
  const linked = async (accountId: string): Promise<string | undefined> => {
    const row = await db
      .selectFrom('person_account')
      .select('person_id')
      .where('provider_id', '=', PROVIDER)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return row?.person_id
  }

  const newcomer = async (
    { name, groups }: Identity,
    { email, viewerGroup }: { email: string; viewerGroup: string | undefined },
  ): Promise<string | undefined> => {
    const named = Value.Check(PersonName, name) ? { name } : {}
    const invite = await invites.findFor(email)
    if (invite && (await invites.end(invite.id))) {
      const { role, hostTags } = invite
      return accounts.create({ email, role, hostTags, ...named })
    }
    const isMember = viewerGroup !== undefined && groups.includes(viewerGroup)
    return isMember ? accounts.create({ email, role: 'viewer', ...named }) : undefined
  }

  const admit = async (identity: Identity, viewerGroup: string | undefined): Promise<Admission> => {
    // By issuer and subject: the address may one day be somebody else's.
    const accountId = `${identity.issuer} ${identity.subject}`
    const known = await linked(accountId)
    if (known !== undefined) return { outcome: 'known', personId: known }
    if (!Value.Check(MailAddress, identity.email)) return { outcome: 'unknown-person' }
    if (!identity.isEmailVerified) return { outcome: 'unverified-email' }
    const email = keptEmail(identity.email)
    const person = await accounts.findByEmail(email)
    const personId = person?.id ?? (await newcomer(identity, { email, viewerGroup }))
    if (personId === undefined) return { outcome: 'unknown-person' }
    const { internalAdapter } = await authentication.$context
    await internalAdapter.createAccount({ userId: personId, accountId, providerId: PROVIDER })
    return { outcome: 'known', personId }
  }

  let admitting: Promise<unknown> = Promise.resolve()
  return {
    /** One after the other: of two windows of a newcomer, the second finds what the first has made. */
    admit(identity: Identity, viewerGroup: string | undefined): Promise<Admission> {
      const once = () => admit(identity, viewerGroup)
      // Somebody else, such as a command, may have made the account meanwhile.
      const admitted = admitting.then(() => once().catch(once))
      admitting = admitted.catch(() => undefined)
      return admitted
    },
  }
}
