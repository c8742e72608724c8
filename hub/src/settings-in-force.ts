// Owns how the settings in force are told: each by its name, with what holds by itself, and secrets only as set or not.
import type { SettingInForce } from '@vigie/shared/api/setting'
import type { Settings } from './settings.ts'
import { HIDDEN, shownOf } from './setting.ts'

type Bare = Omit<Settings, 'inForce'>
type Held = (settings: Bare) => string | undefined

// What holds where nothing is set, as it would be written. What is not here is nothing.
const HELD: Readonly<Record<string, Held>> = {
  listen: ({ listen: { host, port } }) => `${host.includes(':') ? `[${host}]` : host}:${port}`,
  data: ({ dataDirectory }) => dataDirectory,
  retention: () => '10d',
  rollupRetention: ({ rollupRetentionMs }) => `${Math.round(rollupRetentionMs / 3_600_000)}h`,
  databaseUrl: () => 'sqlite',
  logLevel: ({ logLevel }) => logLevel,
  secondFactor: ({ secondFactorPolicy }) => secondFactorPolicy,
  mailFrom: ({ mailFrom }) => mailFrom,
  mailLanguage: ({ mailLanguage }) => mailLanguage,
  mailZone: ({ mailZone }) => mailZone,
  mailPerHour: ({ maxMailsPerHour }) => String(maxMailsPerHour),
  mailWeekly: ({ weeklyCron }) => weeklyCron,
  certUrl: ({ certUrl }) => certUrl.origin,
  certCron: ({ certCron }) => certCron,
  certSources: ({ certSources }) => certSources.join(',') || 'none',
  certDigest: ({ certDigestCron }) => certDigestCron,
  oidcLabel: ({ oidc }) => oidc?.label,
}

/** `written` is what the environment and the file say, by key; `nameOf` a key's variable. */
export function settingsInForce(
  keys: readonly string[],
  written: Readonly<Record<string, string | undefined>>,
  { settings, nameOf }: { settings: Bare; nameOf: (key: string) => string },
): SettingInForce[] {
  return keys.map((key) => {
    const value = written[key]
    const isSecret = shownOf(key, '') === HIDDEN
    const shown = value === undefined ? HELD[key]?.(settings) : String(shownOf(key, value))
    return {
      name: nameOf(key),
      isSet: value !== undefined,
      isSecret,
      value: isSecret ? null : (shown ?? null),
    }
  })
}
