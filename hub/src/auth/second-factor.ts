// Owns the second factor: codes of an app (TOTP, RFC 6238) and recovery codes, each good once.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { SecondFactorSetup, SecondFactorState } from '@vigie/shared/api/own-account'
import { renderSVG } from 'uqr'
import type { Clock } from '../clock.ts'
import type { createAuthentication } from './authentication.ts'
import { cookieHeader, ownCookies } from './cookies.ts'
import { headersOf, type Origin } from './origin.ts'
import type { PeopleDatabase } from './people-tables.ts'

/** A code is taken for the 30 s before and after its own: beyond that the same digits are another code. */
const CODE_LIFE_MS = 120_000
const APP_CODE = /^[0-9]{6}$/

/** What the browser forgets, or remembers: one `Set-Cookie` header each. */
interface Cookies {
  readonly cookies: readonly string[]
}

export type SecondStep =
  | ({ readonly outcome: 'signed-in'; readonly personId: string } & Cookies)
  | ({ readonly outcome: 'wrong-code'; readonly personId: string } & Cookies)
  /** The first step was too long ago, or there was none. */
  | { readonly outcome: 'no-first-step' }

export interface SecondFactorParts {
  readonly db: PeopleDatabase
  readonly authentication: ReturnType<typeof createAuthentication>
  readonly clock: Clock
}

export function createSecondFactor({ db, authentication, clock }: SecondFactorParts) {
  const { api } = authentication

  // Before the code is looked at: of two who send the same one at once, one is told that it is used.
  const takeCode = async (personId: string, code: string): Promise<boolean> => {
    const nowMs = clock.nowMs()
    const use = { person_id: personId, code_sha256: hashOf(personId, code), used_ms: nowMs }
    await db
      .deleteFrom('used_code')
      .where('used_ms', '<=', nowMs - CODE_LIFE_MS)
      .execute()
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('used_code')
      .values(use)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }

  const recoveryCodes = async (personId: string): Promise<string[]> => {
    const { backupCodes } = await api.viewBackupCodes({ body: { userId: personId } })
    return backupCodes
  }

  const isOn = async (personId: string): Promise<boolean> => {
    const row = await db
      .selectFrom('person')
      .select('two_factor_enabled')
      .where('id', '=', personId)
      .executeTakeFirst()
    return Boolean(row?.two_factor_enabled)
  }

  return {
    isOn,

    /** How long no code is taken, after ten in a row that were wrong (docs/access.md, F4); 0: it is. */
    async lockedForMs(personId: string): Promise<number> {
      const row = await db
        .selectFrom('person_second_factor')
        .select('locked_until')
        .where('person_id', '=', personId)
        .executeTakeFirst()
      // By better-auth's clock, which is the machine's.
      return row?.locked_until ? Math.max(0, Date.parse(row.locked_until) - Date.now()) : 0
    },

    async state(personId: string): Promise<Omit<SecondFactorState, 'isDemanded'>> {
      if (!(await isOn(personId))) return { isOn: false, recoveryCodesLeft: 0 }
      return { isOn: true, recoveryCodesLeft: (await recoveryCodes(personId)).length }
    },

    /** Of the session of `headers`, whose password is good. It is on once a code was confirmed. */
    async begin(
      headers: IncomingHttpHeaders,
      { personId, password }: { personId: string; password: string },
    ): Promise<SecondFactorSetup | 'already-on'> {
      if (await isOn(personId)) return 'already-on'
      const answer = await api.enableTwoFactor({
        body: { password, method: 'totp' },
        headers: cookiesOf(headers),
      })
      if (answer.method !== 'totp') throw new Error('better-auth set up another second factor')
      const secret = new URL(answer.totpURI).searchParams.get('secret') ?? ''
      const qrSvg = renderSVG(answer.totpURI, { border: 2 })
      return { secret, uri: answer.totpURI, qrSvg }
    },

    /** The session is made anew, so cookies come along. Undefined: the code is wrong, or nothing was begun. */
    async confirm(
      headers: IncomingHttpHeaders,
      { personId, code }: { personId: string; code: string },
    ): Promise<({ readonly codes: string[] } & Cookies) | undefined> {
      if ((await isOn(personId)) || !(await takeCode(personId, code))) return undefined
      const answer = await api.verifyTOTP({
        body: { code },
        headers: cookiesOf(headers),
        asResponse: true,
      })
      if (!(await isGood(answer))) return undefined
      return { codes: await recoveryCodes(personId), cookies: answer.headers.getSetCookie() }
    },

    /** Of the session of `headers`, whose password is good. Undefined: it is off. */
    async renewRecoveryCodes(
      headers: IncomingHttpHeaders,
      { personId, password }: { personId: string; password: string },
    ): Promise<string[] | undefined> {
      if (!(await isOn(personId))) return undefined
      const answer = await api.generateBackupCodes({
        body: { password },
        headers: cookiesOf(headers),
      })
      return answer.backupCodes
    },

    /** Takes it away; false when it was off. */
    async end(personId: string): Promise<boolean> {
      const wasOn = await isOn(personId)
      await db.deleteFrom('person_second_factor').where('person_id', '=', personId).execute()
      await db
        .updateTable('person')
        .set({ two_factor_enabled: 0 })
        .where('id', '=', personId)
        .execute()
      return wasOn
    },

    /** Who has given a good password, in the browser that sends these. */
    async pendingPerson(headers: IncomingHttpHeaders): Promise<string | undefined> {
      const { personId } = await api.pendingPerson({
        headers: new Headers({ cookie: firstStepOf(headers) }),
      })
      return personId ?? undefined
    },

    /** The second step of a sign-in, for the browser that did the first. */
    async verify(
      headers: IncomingHttpHeaders,
      { written, origin }: { written: string; origin: Origin },
    ): Promise<SecondStep> {
      const personId = await this.pendingPerson(headers)
      if (personId === undefined) return { outcome: 'no-first-step' }
      const code = written.replace(/\s/g, '')
      const isApp = APP_CODE.test(code)
      if (isApp && !(await takeCode(personId, code))) {
        return { outcome: 'wrong-code', personId, cookies: [] }
      }
      const request = {
        body: { code },
        headers: headersOf(origin, firstStepOf(headers)),
        asResponse: true as const,
      }
      const answer = await (isApp ? api.verifyTOTP(request) : api.verifyBackupCode(request))
      const cookies = answer.headers.getSetCookie()
      return { outcome: (await isGood(answer)) ? 'signed-in' : 'wrong-code', personId, cookies }
    },
  }
}

export type SecondFactor = ReturnType<typeof createSecondFactor>

async function isGood(answer: Response): Promise<boolean> {
  if (answer.status < 500) return answer.ok
  throw new Error(`the second factor could not be verified: ${await answer.text()}`)
}

function cookiesOf(headers: IncomingHttpHeaders): Headers {
  return new Headers({ cookie: cookieHeader(ownCookies(headers)) })
}

/** Without the session that the browser may have besides: it is not whose code is asked for. */
function firstStepOf(headers: IncomingHttpHeaders): string {
  return cookieHeader([...ownCookies(headers)].filter(([name]) => name.endsWith('.two_factor')))
}

function hashOf(personId: string, code: string): string {
  return createHash('sha256').update(`${personId} ${code}`).digest('base64url')
}
