// Owns the names of the tables of people: as better-auth is told them, and as our own queries see them.
import type { Kysely } from 'kysely'
import type { Schema } from '../store/schema.ts'

/** Where better-auth finds its models; migrations/0002-create-people.ts creates them. */
export const PEOPLE_TABLES = {
  user: {
    modelName: 'person',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    additionalFields: {
      role: { type: 'string' as const, required: true, defaultValue: 'viewer', input: false },
      hostTags: {
        type: 'string' as const,
        required: false,
        input: false,
        fieldName: 'host_tags_json',
      },
    },
  },
  session: {
    modelName: 'person_session',
    fields: {
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      userId: 'person_id',
    },
    additionalFields: {
      isProven: {
        type: 'boolean' as const,
        required: false,
        input: false,
        fieldName: 'is_proven',
      },
    },
  },
  account: {
    modelName: 'person_account',
    fields: {
      accountId: 'account_id',
      providerId: 'provider_id',
      userId: 'person_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'person_verification',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
}

/** The same of its second factor; migrations/0012-create-access.ts creates them. */
export const SECOND_FACTOR_TABLES = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'person_second_factor',
    fields: {
      backupCodes: 'backup_codes',
      userId: 'person_id',
      failedVerificationCount: 'failed_count',
      lockedUntil: 'locked_until',
    },
  },
}

/** What our own queries use of them. */
// A type, since only types fit the index signature that Kysely asks for.
export type PeopleSchema = {
  person: {
    id: string
    email: string
    name: string
    role: string
    /** Tags of the hosts that a viewer may see; null: every host. */
    host_tags_json: string | null
    two_factor_enabled: number | null
    /** ISO 8601, as better-auth writes times. */
    created_at: string
    updated_at: string
  }
  person_session: {
    id: string
    person_id: string
    ip_address: string | null
    user_agent: string | null
    created_at: string
    updated_at: string
  }
  person_account: {
    id: string
    person_id: string
    provider_id: string
    account_id: string
    password: string | null
    updated_at: string
  }
  /** `value` is the person who stands between password and second factor. */
  person_verification: { id: string; value: string }
  /** Times are ISO 8601. */
  person_second_factor: { id: string; person_id: string; locked_until: string | null }
  used_code: { person_id: string; code_sha256: string; used_ms: number }
  invite: {
    id: string
    token_sha256: string
    email: string
    /** Whose password it sets; null: it makes an account. */
    person_id: string | null
    role: string
    host_tags_json: string | null
    created_by: string
    created_ms: number
    expires_ms: number
  }
  sign_in_link: { token_sha256: string; expires_ms: number }
  api_token: {
    id: string
    name: string
    token_sha256: string
    role: string
    host_tags_json: string | null
    created_ms: number
    expires_ms: number | null
    last_used_ms: number | null
  }
}

export type PeopleDatabase = Kysely<Schema & PeopleSchema>
