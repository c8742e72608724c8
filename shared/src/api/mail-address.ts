// Owns a mail address, as the API takes it.
import { Type } from 'typebox'
import { MAIL_ADDRESS } from '../mail-address.ts'

export const MailAddress = Type.String({ maxLength: 254, pattern: MAIL_ADDRESS.source })
