// Links of mails for tests that do not look at where they lead.
import type { MailLinks } from '../src/mail/ports.ts'

const AT = 'https://vigie.example/'

export const sampleLinks: MailLinks = {
  host: () => AT,
  incident: () => AT,
  incidents: () => AT,
  advisory: () => AT,
  advisories: () => AT,
  acknowledge: () => `${AT}act#take`,
  silence: () => `${AT}act#silence`,
  settings: () => AT,
}
