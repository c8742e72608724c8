// Owns all that the page says in English, one namespace a file.
import { account } from './account.ts'
import { audit } from './audit.ts'
import { cert } from './cert.ts'
import { common } from './common.ts'
import { compare } from './compare.ts'
import { fleet } from './fleet.ts'
import { host } from './host.ts'
import { hub } from './hub.ts'
import { incidents } from './incidents.ts'
import { mail } from './mail.ts'
import { people } from './people.ts'
import { rules } from './rules.ts'
import { session } from './session.ts'
import { silences } from './silences.ts'
import { statusPages } from './status-pages.ts'
import { tokens } from './tokens.ts'

export const messages = {
  account,
  audit,
  cert,
  common,
  compare,
  fleet,
  host,
  hub,
  incidents,
  mail,
  people,
  rules,
  session,
  silences,
  statusPages,
  tokens,
}
