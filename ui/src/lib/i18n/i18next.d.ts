// Gives i18next the keys that exist, so that a missing word fails the type check.
import type { Messages } from './languages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Messages
  }
}
