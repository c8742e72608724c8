// Owns the hub's settings: what may be set, in the environment or in vigie.config.json, and what holds otherwise.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SettingInForce } from '@vigie/shared/api/setting'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { CERT_CONFIG, readCertSettings, type CertSettings } from './cert-settings.ts'
import { DOOR_CONFIG, readDoorSettings, type DoorSettings } from './door-settings.ts'
import { QUOTA_CONFIG, readQuotas } from './ingest/quota-settings.ts'
import type { QuotaLimits } from './ingest/quotas.ts'
import { MAIL_CONFIG, readMailSettings, type MailSettings } from './mail-settings.ts'
import { OIDC_CONFIG, readOidcSettings, type OidcSettings } from './oidc-settings.ts'
import { SECOND_FACTOR_POLICIES, type SecondFactorPolicy } from './auth/second-factor-policy.ts'
import { settingsInForce } from './settings-in-force.ts'
import { parseSize, setting, shownOf } from './setting.ts'

export interface Settings extends DoorSettings, MailSettings, CertSettings, OidcSettings {
  readonly dataDirectory: string
  /** Where the agent's executables are that new machines fetch. */
  readonly agentsDirectory: string
  readonly retentionMs: number
  /** How long rollups are kept; never less than the seconds that they are made of. */
  readonly rollupRetentionMs: number
  /** Beyond it the oldest seconds go before their time; undefined is no limit. */
  readonly maxDatabaseBytes: number | undefined
  /** What the data directory's file system keeps free; undefined leaves it to its size. */
  readonly minFreeDiskBytes: number | undefined
  /** `approve`: a machine with a good token waits until an administrator approves it. */
  readonly enrolment: 'token' | 'approve'
  /** Of whom a second factor is demanded. */
  readonly secondFactorPolicy: SecondFactorPolicy
  readonly quotas: QuotaLimits
  readonly logLevel: string
  /** All of them as administrators see them. */
  readonly inForce: readonly SettingInForce[]
}

/** One sentence for the person who starts the hub: the key, its value and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

export const CONFIG_FILE = 'vigie.config.json'
/** Where `npm run package` puts them. */
const PACKAGED_AGENTS = join(import.meta.dirname, '../../dist')
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** vigie.config.json. `publicUrl` here is `VIGIE_PUBLIC_URL` in the environment, and so on. */
const Config = Type.Object(
  {
    ...DOOR_CONFIG,
    data: setting('the path of a directory', (written) => written !== ''),
    agents: setting('the path of a directory', (written) => written !== ''),
    retention: setting(
      'a time from 1h to 3650d, such as 10d or 36h',
      (written) => retentionOf(written) !== undefined,
    ),
    rollupRetention: setting(
      'a time from 1h to 3650d, such as 90d',
      (written) => retentionOf(written) !== undefined,
    ),
    maxDatabaseSize: setting(
      'a size from 16MB on, such as 20GB or 512MiB',
      (written) => (parseSize(written) ?? 0) >= 16e6,
    ),
    minFreeDisk: setting(
      'a size from 1MB on, such as 2GB',
      (written) => (parseSize(written) ?? 0) >= 1e6,
    ),
    databaseUrl: setting('sqlite (the database in the data directory)', (written) =>
      ['sqlite', 'sqlite:'].includes(written),
    ),
    enrolment: setting('token or approve', (written) => ['token', 'approve'].includes(written)),
    secondFactor: setting(
      'optional, administrators or everyone',
      (written) => policyOf(written) !== undefined,
    ),
    ...QUOTA_CONFIG,
    ...MAIL_CONFIG,
    ...CERT_CONFIG,
    ...OIDC_CONFIG,
    logLevel: setting(LOG_LEVELS.join(', '), (written) => LOG_LEVELS.includes(written)),
  },
  { additionalProperties: false },
)
type Config = Static<typeof Config>

const KEYS = Object.keys(Config.properties)

// Variables of the same family that are not the hub's: the agent's, the command line's and the tests'.
const NOT_OURS = /^VIGIE_(AGENT_.*|HUB|TOKEN|NGINX|SOAK|BENCH.*|E2E.*|TEST.*)$/

function policyOf(written: string | undefined): SecondFactorPolicy | undefined {
  return SECOND_FACTOR_POLICIES.find((policy) => policy === written)
}

/** Reads the settings; the environment wins over the file. Throws a {@link SettingsError}. */
export function loadSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const variables = fromEnvironment(environment)
  const dataDirectory = resolve(variables.data ?? 'data')
  const configFile = join(dataDirectory, CONFIG_FILE)
  const written = { ...readConfig(configFile), ...variables }
  const door = readDoorSettings(written)
  if (typeof door === 'string') throw new SettingsError(door)
  const retentionMs = retentionOf(written.retention ?? '10d') ?? 10 * DAY_MS
  const rollupRetentionMs = retentionOf(written.rollupRetention ?? '') ?? retentionMs
  if (rollupRetentionMs < retentionMs) {
    throw new SettingsError(
      `VIGIE_ROLLUP_RETENTION is "${written.rollupRetention ?? ''}": allowed is VIGIE_RETENTION or longer`,
    )
  }
  const oidc = readOidcSettings(written)
  if (!oidc) {
    throw new SettingsError(
      'VIGIE_OIDC_ISSUER and VIGIE_OIDC_CLIENT_ID go together, and VIGIE_OIDC_CLIENT_SECRET with them: set both or none',
    )
  }
  const settings: Omit<Settings, 'inForce'> = {
    ...door,
    dataDirectory,
    agentsDirectory: resolve(written.agents ?? PACKAGED_AGENTS),
    retentionMs,
    rollupRetentionMs,
    maxDatabaseBytes: parseSize(written.maxDatabaseSize ?? ''),
    minFreeDiskBytes: parseSize(written.minFreeDisk ?? ''),
    enrolment: written.enrolment === 'approve' ? 'approve' : 'token',
    secondFactorPolicy: policyOf(written.secondFactor) ?? 'optional',
    quotas: readQuotas(written),
    ...readMailSettings(written, environment),
    ...readCertSettings(written),
    ...oidc,
    logLevel: written.logLevel ?? 'info',
  }
  const inForce = settingsInForce(KEYS, written, { settings, nameOf: variableOf })
  return { ...settings, inForce }
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Config {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    // An empty variable is how shells and unit files say "not set".
    if (!name.startsWith('VIGIE_') || NOT_OURS.test(name) || !value) continue
    const key = KEYS.find((candidate) => variableOf(candidate) === name)
    if (key === undefined) {
      throw new SettingsError(
        `${name}=${String(shownOf(name, value))} in the environment: no such setting; there are ${KEYS.map(variableOf).join(', ')}`,
      )
    }
    found[key] = value
  }
  return checked(found, (key) => `${variableOf(key)} in the environment`)
}

function readConfig(path: string): Config {
  let text
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    // A data directory that is none is for whoever makes it to tell.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {}
    throw new SettingsError(`${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new SettingsError(`${path} is not JSON: ${(error as Error).message}`, { cause: error })
  }
  if (typeof content === 'object' && content !== null && 'data' in content) {
    throw new SettingsError(`data in ${path}: set VIGIE_DATA, since this file is found by it`)
  }
  return checked(content, (key) => `${key} in ${path}`)
}

function checked(content: unknown, placeOf: (key: string) => string): Config {
  if (Value.Check(Config, content)) return content
  const fileKeys = KEYS.filter((key) => key !== 'data').join(', ')
  const entries = Object.entries(content ?? {})
  const [unknown, value] = entries.find(([key]) => !KEYS.includes(key)) ?? []
  if (unknown !== undefined && !Array.isArray(content)) {
    throw new SettingsError(
      `${placeOf(unknown)} is ${JSON.stringify(shownOf(unknown, value))}: no such setting; there are ${fileKeys}`,
    )
  }
  for (const error of Value.Errors(Config, content)) {
    const key = error.instancePath.slice(1)
    if (key === '') break
    const value = JSON.stringify(shownOf(key, (content as Record<string, unknown>)[key]))
    const allowed = error.keyword === '~refine' ? error.message : 'a string in quotes'
    throw new SettingsError(`${placeOf(key)} is ${value}: allowed is ${allowed}`)
  }
  throw new SettingsError(`${placeOf('The content')}: allowed is an object with ${fileKeys}`)
}

/** `publicUrl` is `VIGIE_PUBLIC_URL`. */
function variableOf(key: string): string {
  return `VIGIE_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
}

/** Reads a time such as `10d`, `36h` or `90s`. */
export function parseDuration(written: string): number | undefined {
  const [, digits, unit] = /^(\d{1,9})\s*([smhdw])$/.exec(written) ?? []
  return digits === undefined ? undefined : Number(digits) * (UNITS_MS[unit ?? ''] ?? NaN)
}

function retentionOf(written: string): number | undefined {
  const durationMs = parseDuration(written) ?? NaN
  return durationMs >= HOUR_MS && durationMs <= 3650 * DAY_MS ? durationMs : undefined
}
