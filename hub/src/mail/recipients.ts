// Owns who is mailed: those whom the settings name, and those whom people have set up; each with a language and a zone.
import type { Recipient, RecipientDraft } from '@vigie/shared/api/mail'
import type { Locale } from '@vigie/shared/format/locale'
import { WEBHOOK } from './letter-writer.ts'
import type { MailRecipient, RecipientReader } from './ports.ts'

export interface RecipientParts {
  readonly records: {
    list(): Promise<readonly Omit<Recipient, 'isFromSettings'>[]>
    put(address: string, draft: RecipientDraft): Promise<void>
    delete(address: string): Promise<boolean>
  }
  readonly settings: {
    readonly mailTo: readonly string[]
    readonly mailLanguage: Locale
    readonly mailZone: string
  }
}

export type Recipients = Awaited<ReturnType<typeof createRecipients>>

/** Whom a rule means that names nobody: a webhook hears of everything. */
export function toldByDefault(
  recipients: Pick<Recipients, 'defaults'>,
  { webhookUrl }: { readonly webhookUrl: URL | undefined },
): string[] {
  return [...recipients.defaults(), ...(webhookUrl ? [WEBHOOK] : [])]
}

/** They are in memory: an alert that fires asks no database whom to tell. */
export async function createRecipients({ records, settings }: RecipientParts) {
  const { mailTo, mailLanguage: locale, mailZone: zone } = settings
  const named = new Map(mailTo.map((address) => [address.toLowerCase(), address]))
  const people = new Map<string, Recipient>()

  const usual = (address: string): MailRecipient & Recipient => ({
    address,
    locale,
    zone,
    isDefault: true,
    getsWeekly: false,
    isFromSettings: named.has(address.toLowerCase()),
  })
  const keep = (recipient: Omit<Recipient, 'isFromSettings'>): Recipient => {
    const key = recipient.address.toLowerCase()
    const kept = { ...recipient, isFromSettings: named.has(key) }
    people.set(key, kept)
    return kept
  }
  for (const address of named.values()) keep(usual(address))
  for (const record of await records.list()) keep(record)

  const reader: RecipientReader = {
    find: (address) => people.get(address.toLowerCase()),
    list: () => [...people.values()],
  }
  return {
    ...reader,

    list: (): readonly Recipient[] => [...people.values()],

    /** The hub's own language and zone, for an address that only a rule names. */
    usual,

    /** Who is mailed where a rule names nobody. */
    defaults: (): string[] =>
      [...people.values()].filter(({ isDefault }) => isDefault).map(({ address }) => address),

    async put(address: string, draft: RecipientDraft): Promise<Recipient> {
      const known = people.get(address.toLowerCase())?.address ?? address
      await records.put(known, draft)
      return keep({ address: known, ...draft })
    },

    /** False when it is not one. Whom the settings name stays, with what is usual. */
    async delete(address: string): Promise<boolean> {
      const key = address.toLowerCase()
      const known = people.get(key)
      if (!known) return false
      await records.delete(known.address)
      people.delete(key)
      const setting = named.get(key)
      if (setting !== undefined) keep(usual(setting))
      return true
    },
  }
}
