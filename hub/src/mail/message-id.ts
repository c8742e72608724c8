// Owns the names of mails (RFC 5322, section 3.6.4): each is given once, before the mail is sent, and stays.
import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { domainToASCII } from 'node:url'

/** With its angle brackets, never the same twice. */
export function newMessageId(from: string): string {
  return `<${randomUUID()}@${domainOf(from)}>`
}

/** With its angle brackets, the same for the same words: a mail that is to be written once has one. */
export function messageIdFor(from: string, ...words: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('base64url')
  return `<${digest.slice(0, 32)}@${domainOf(from)}>`
}

function domainOf(address: string): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1))
  // What is no domain name, as a machine's name may be, still says where the mail is from.
  return domain || hostname().replace(/[^A-Za-z0-9.-]+/g, '-') || 'localhost'
}
