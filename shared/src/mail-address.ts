// Owns what is taken for a mail address, of people and of recipients, and which two are one mailbox.

/** What needs no quotes in RFC 5321, within its lengths (4.5.3.1), so that it means nothing else in a header or a command. */
export const MAIL_ADDRESS = /^[^\s@<>(),;:"\\\p{Cc}]{1,64}@[^\s@<>(),;:"\\\p{Cc}]{1,189}$/u

/** One mailbox, however people write it. */
export function isAmong(recipients: readonly string[], recipient: string): boolean {
  const key = recipient.toLowerCase()
  return recipients.some((other) => other.toLowerCase() === key)
}
