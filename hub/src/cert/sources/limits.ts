// Owns how much of a source is believed: what is longer or more is cut, and said to be so where it is a list of advisories.

/** Cards of one page; CERT-FR shows ten. */
export const MAX_CARDS_PER_PAGE = 200
/** Pages of a list that one run follows. */
export const MAX_PAGES = 5
/** That many new ones on a page, and the next page is read too. */
export const MANY_NEW = 8
/** Documents that one run reads; of what is left the list is believed until the next reads it. */
export const MAX_DOCUMENTS = 40
export const MAX_FEED_ITEMS = 500
export const MAX_KEV_ENTRIES = 20_000

export const MAX_TITLE_LENGTH = 300
export const MAX_LINE_LENGTH = 1_000
export const MAX_TEXT_LENGTH = 40_000
export const MAX_URL_LENGTH = 2_000
export const MAX_RISKS = 50
/** Notices about Siemens or Oracle name hundreds. */
export const MAX_AFFECTED = 1_000
/** A notice about Linux kernels names two thousand. */
export const MAX_CVES = 5_000
export const MAX_LINKS = 300
export const MAX_REVISIONS = 300

export const MAX_ROBOTS_BYTES = 512_000
export const MAX_FEED_BYTES = 4_000_000
export const MAX_DOCUMENT_BYTES = 4_000_000
export const MAX_KEV_BYTES = 10_000_000

/** Debian's security data is some 70 MB, of which the kernel's is the largest part. */
export const MAX_DEBIAN_DATA_BYTES = 256_000_000
export const MAX_DEBIAN_PACKAGE_BYTES = 48_000_000
export const MAX_DEBIAN_PACKAGES = 20_000
/** Vulnerabilities of all packages on all releases. */
export const MAX_DEBIAN_FIXES = 1_000_000
