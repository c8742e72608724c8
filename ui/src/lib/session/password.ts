// Owns what the page says of a password before the hub judges it.

/** The hub takes no shorter password. */
export const MIN_PASSWORD_LENGTH = 12

/** How many characters a password lacks; 0 when it is long enough. */
export function missingCharacters(password: string): number {
  return Math.max(0, MIN_PASSWORD_LENGTH - password.length)
}
