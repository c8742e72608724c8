// Owns one-time sign-in links: proof that someone reads what the hub prints on its own machine.
import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { PeopleDatabase } from './people-tables.ts'

const LINK_LIFE_MS = 3_600_000

export interface SignInLinks {
  /** A new link's token; the ones before it stop working. */
  issue(): Promise<string>
  isGood(token: string): Promise<boolean>
  /** Spends a link, and says whether it was good: of any number at once, one is told true. */
  spend(token: string): Promise<boolean>
}

export function createSignInLinks(db: PeopleDatabase, clock: Clock): SignInLinks {
  return {
    async issue() {
      const token = randomBytes(32).toString('base64url')
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('sign_in_link').execute()
        await transaction
          .insertInto('sign_in_link')
          .values({ token_sha256: hashOf(token), expires_ms: clock.nowMs() + LINK_LIFE_MS })
          .execute()
      })
      return token
    },

    async isGood(token) {
      const found = await db
        .selectFrom('sign_in_link')
        .select('expires_ms')
        .where('token_sha256', '=', hashOf(token))
        .executeTakeFirst()
      return found !== undefined && found.expires_ms > clock.nowMs()
    },

    async spend(token) {
      const { numDeletedRows } = await db
        .deleteFrom('sign_in_link')
        .where('token_sha256', '=', hashOf(token))
        .where('expires_ms', '>', clock.nowMs())
        .executeTakeFirst()
      return numDeletedRows === 1n
    },
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
