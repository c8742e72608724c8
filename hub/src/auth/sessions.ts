// Owns the open sessions of people: which there are, and how they end.
import type { PersonSession } from '@vigie/shared/api/own-account'
import type { Clock } from '../clock.ts'
import { createArrivals } from './arrivals.ts'
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from './authentication.ts'
import type { PeopleDatabase } from './people-tables.ts'

export interface Ending {
  readonly personId: string
  /** Only this one; all of the person's when left out. */
  readonly id?: string
  /** All but this one. */
  readonly exceptId?: string
}

export function createSessions(db: PeopleDatabase, clock: Clock) {
  const arrivals = createArrivals()

  // Between password and second factor (better-auth's), which is as good as the sessions that are ended.
  const endHalfDone = (personId: string) =>
    db.deleteFrom('person_verification').where('value', '=', personId).execute()

  return {
    /** All that makes a session of what may be ended meanwhile goes through here (docs/access.md, S5). */
    comeIn: arrivals.comeIn,

    /** The newest first. `ownId` is the session that asks. */
    async list(personId: string, ownId: string | undefined): Promise<PersonSession[]> {
      const rows = await db
        .selectFrom('person_session')
        .select(['id', 'ip_address', 'user_agent', 'created_at', 'updated_at'])
        .where('person_id', '=', personId)
        .orderBy('created_at', 'desc')
        .execute()
      return rows.map((row) => {
        const [sinceMs, lastSeenMs] = [Date.parse(row.created_at), Date.parse(row.updated_at)]
        return {
          id: row.id,
          address: row.ip_address || null,
          browser: row.user_agent || null,
          sinceMs,
          lastSeenMs,
          expiresMs: Math.min(sinceMs + SESSION_LIFE_MS, lastSeenMs + SESSION_IDLE_MS),
          isThis: row.id === ownId,
        }
      })
    },

    /** How many were ended. But for one alone, sign-ins that are half done end with them. */
    end: ({ personId, id, exceptId }: Ending): Promise<number> =>
      arrivals.end(personId, async () => {
        if (id === undefined) await endHalfDone(personId)
        let ended = db.deleteFrom('person_session').where('person_id', '=', personId)
        if (id !== undefined) ended = ended.where('id', '=', id)
        if (exceptId !== undefined) ended = ended.where('id', '!=', exceptId)
        const { numDeletedRows } = await ended.executeTakeFirst()
        return Number(numDeletedRows)
      }),

    /** Those that have lasted 30 days, or were not used for seven. */
    async endOld(): Promise<number> {
      const before = (ageMs: number): string => new Date(clock.nowMs() - ageMs).toISOString()
      const { numDeletedRows } = await db
        .deleteFrom('person_session')
        .where((eb) =>
          eb.or([
            eb('created_at', '<=', before(SESSION_LIFE_MS)),
            eb('updated_at', '<=', before(SESSION_IDLE_MS)),
          ]),
        )
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
