// Owns what is taken for a mail address, of people and of recipients: what needs no quotes in RFC 5321, within its
// lengths (4.5.3.1), so that it means nothing else in a header or in an SMTP command.
export const MAIL_ADDRESS = /^[^\s@<>(),;:"\\\p{Cc}]{1,64}@[^\s@<>(),;:"\\\p{Cc}]{1,189}$/u
