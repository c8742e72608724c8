// Owns of whom a second factor is demanded, and which sessions may do nothing before it is set up (docs/access.md, F8 to F11).
import type { Role } from '@vigie/shared/api/token'
import type { Accounts } from './accounts.ts'
import type { PeopleDatabase } from './people-tables.ts'
import type { SecondFactor } from './second-factor.ts'
import { roleOf } from './sight-columns.ts'

export const SECOND_FACTOR_POLICIES = ['optional', 'administrators', 'everyone'] as const
/** Of whom it is demanded. */
export type SecondFactorPolicy = (typeof SECOND_FACTOR_POLICIES)[number]

/** What a session says of it. */
export interface SessionProof {
  readonly personId: string
  readonly role: Role
  /** Begun by what stands for both factors: OpenID Connect, or the link that the hub prints. */
  readonly isProven: boolean
}

export interface SecondFactorPolicyParts {
  readonly db: PeopleDatabase
  readonly accounts: Pick<Accounts, 'passwordHash'>
  readonly secondFactor: Pick<SecondFactor, 'isOn'>
  readonly policy: SecondFactorPolicy
}

export function createSecondFactorPolicy(parts: SecondFactorPolicyParts) {
  const { db, accounts, secondFactor, policy } = parts
  const covers = (role: Role): boolean =>
    policy === 'everyone' || (policy === 'administrators' && role === 'admin')
  // Who has no password comes by a provider, which asks for as many factors as it likes.
  const hasPassword = async (personId: string): Promise<boolean> =>
    (await accounts.passwordHash(personId)) !== undefined

  return {
    /** Whether somebody has to have one. */
    async isDemandedOf(personId: string): Promise<boolean> {
      const person = await db
        .selectFrom('person')
        .select('role')
        .where('id', '=', personId)
        .executeTakeFirst()
      return person !== undefined && covers(roleOf(person.role)) && hasPassword(personId)
    },

    /** Whether a session may do nothing but set one up. */
    async isDue({ personId, role, isProven }: SessionProof): Promise<boolean> {
      if (!covers(role) || isProven || (await secondFactor.isOn(personId))) return false
      return hasPassword(personId)
    },
  }
}
