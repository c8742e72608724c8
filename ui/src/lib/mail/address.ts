// Owns what is taken for a mail address before the hub judges it (MailAddress in shared/src/api/rule.ts).

const ADDRESS = /^[^\s@<>(),;:"\\]{1,64}@[^\s@<>(),;:"\\]{1,189}$/

export function isAddress(text: string): boolean {
  return ADDRESS.test(text)
}
