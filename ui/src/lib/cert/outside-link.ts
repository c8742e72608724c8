// Owns which addresses that others wrote may be followed: those of the web, and nothing else.

const SCHEMES = ['http:', 'https:']
const CVE = /^CVE-\d{4}-\d{4,10}$/

/** The address, or null for one that would run something, open a program, or carries a password. */
export function outsideHref(written: string): string | null {
  if (!URL.canParse(written)) return null
  const { protocol, username, password, href } = new URL(written)
  return SCHEMES.includes(protocol) && username === '' && password === '' ? href : null
}

/** Where a CVE is described; null for what is none. */
export function cveHref(cve: string): string | null {
  return CVE.test(cve) ? `https://www.cve.org/CVERecord?id=${cve}` : null
}
