// Owns how a mail is put to a relay: its headers, its texts and its pictures, the same bytes at every try.
import { createHash } from 'node:crypto'
import { MailAddress } from '@vigie/shared/api/mail-address'
import { Value } from 'typebox/value'
import type { OutboxMail } from './ports.ts'

/** Undefined for a mail that has no address to go to. */
export function relayMessage(mail: OutboxMail, from: string) {
  const { recipient, messageId, html } = mail
  if (!Value.Check(MailAddress, recipient)) return undefined
  const references = mail.references.filter(isMessageId)
  return {
    envelope: { from, to: [recipient] },
    from: { name: 'Vigie', address: from },
    to: { name: '', address: recipient },
    subject: headerLine(mail.subject),
    messageId,
    date: new Date(mail.writtenMs),
    ...(references.length > 0 && { references, inReplyTo: references.join(' ') }),
    text: mail.text,
    ...(html !== null && { html }),
    attachments: mail.images.map(({ name, png }) => ({
      cid: name,
      filename: `${name}.png`,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline' as const,
    })),
    headers: {
      // RFC 3834: nobody's holiday answers it; the second one is how Exchange is told.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    xMailer: false as const,
    // What is made up at random otherwise.
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    // Nothing in a mail is a path or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/**
 * Text as it may stand in a header: one line, without what turns the direction of what follows it, or what a reader
 * would decode (RFC 2047, section 2).
 */
export function headerLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll('=?', '= ?')
    .trim()
}

function isMessageId(written: string): boolean {
  return /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(written)
}
