// Owns what the routes of people, invites, tokens, the audit log and settings need of the rooms behind them.
import type { IncomingHttpHeaders } from 'node:http'
import type { AuditEntry } from '@vigie/shared/api/audit'
import type { Invite, InviteMade } from '@vigie/shared/api/invite'
import type {
  PersonSession,
  SecondFactorSetup,
  SecondFactorState,
} from '@vigie/shared/api/own-account'
import type { Person } from '@vigie/shared/api/session'
import type { SettingInForce } from '@vigie/shared/api/setting'
import type { HostTags, Role } from '@vigie/shared/api/token'
import type { User, UserChange } from '@vigie/shared/api/user'
import type { Locale } from '@vigie/shared/format/locale'

export type AccountOutcome = 'done' | 'unknown' | 'last-administrator'

export interface Users {
  readonly accounts: {
    list(): Promise<User[]>
    findByEmail(email: string): Promise<{ id: string } | undefined>
  }
  changeAccount(id: string, change: UserChange): Promise<AccountOutcome>
  removeAccount(id: string): Promise<AccountOutcome>
  /** False when it was off. */
  endSecondFactor(id: string): Promise<boolean>
  readonly sessions: {
    list(personId: string): Promise<PersonSession[]>
    /** How many were ended. */
    end(ending: { personId: string; id?: string }): Promise<number>
  }
}

/** Whose account it is, and which session asks. */
export interface Owner {
  readonly personId: string
  readonly sessionId: string
  readonly headers: IncomingHttpHeaders
}

/** Why a password proves nothing: it is another one, there is none, or there were too many tries. */
export type Unproven = 'wrong' | 'none' | 'wait'

export interface OwnAccounts {
  /** Undefined for a program with a token. */
  session(headers: IncomingHttpHeaders): Promise<{ person: Person; id: string } | undefined>
  readonly own: {
    rename(owner: Owner, name: string): Promise<AccountOutcome>
    changePassword(
      owner: Owner,
      change: { current: string; password: string },
    ): Promise<'done' | Unproven>
    listSessions(owner: Owner): Promise<PersonSession[]>
    endSession(owner: Owner, id: string): Promise<number>
    endOtherSessions(owner: Owner): Promise<number>
    secondFactorState(owner: Owner): Promise<SecondFactorState>
    beginSecondFactor(
      owner: Owner,
      password: string,
    ): Promise<SecondFactorSetup | 'already-on' | Unproven>
    /** Undefined: the code is wrong. `waitMs`: there were too many that were. */
    confirmSecondFactor(
      owner: Owner,
      code: string,
    ): Promise<
      { codes: string[]; cookies: readonly string[] } | { readonly waitMs: number } | undefined
    >
    /** Undefined: it is off. */
    renewRecoveryCodes(owner: Owner, password: string): Promise<string[] | Unproven | undefined>
    /** `demanded`: they have to have one. */
    disableSecondFactor(owner: Owner, password: string): Promise<'done' | 'demanded' | Unproven>
  }
}

export interface InviteRequest {
  readonly email: string
  /** Whose password it sets; left out: it makes an account. */
  readonly personId?: string
  readonly role: Role
  readonly hostTags: HostTags
  readonly byName: string
  readonly language?: Locale | undefined
}

export interface InviteDesk {
  list(): Promise<Invite[]>
  /** False when there is none with that id. */
  end(id: string): Promise<boolean>
  /** Undefined: there are as many as there can be. */
  issue(request: InviteRequest): Promise<InviteMade | undefined>
}

export interface AuditReader {
  page(query: {
    who?: string
    action?: string
    beforeId?: number
    limit: number
  }): Promise<AuditEntry[]>
}

export interface SettingsReader {
  list(): readonly SettingInForce[]
}
