// Owns the settings in force, as administrators see them. Secrets are said to be set, never shown.
import { Type, type Static } from 'typebox'

export const SettingInForce = Type.Object(
  {
    name: Type.String({ description: 'Such as VIGIE_RETENTION' }),
    isSet: Type.Boolean({ description: 'In the environment or in vigie.config.json' }),
    isSecret: Type.Boolean(),
    value: Type.Union([Type.String(), Type.Null()], {
      description: 'Also what holds by itself; null when it is a secret, or nothing',
    }),
  },
  { $id: 'SettingInForce' },
)
export type SettingInForce = Static<typeof SettingInForce>
export const SettingList = Type.Object({ items: Type.Array(SettingInForce) })
export type SettingList = Static<typeof SettingList>
