// Owns the errors that the hub's HTTP answers with: problem documents (RFC 9457), each kind in one table.

interface Kind {
  readonly status: number
  readonly title: string
}

/** Every kind of problem. The key ends its `type`, and is described under that anchor in /docs. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'signed-out': { status: 401, title: 'Sign in first' },
  'wrong-credentials': { status: 401, title: 'E-mail and password do not belong together' },
  'not-allowed': { status: 403, title: 'Your role does not allow this' },
  'second-factor-due': { status: 403, title: 'A second factor has to be set up first' },
  'no-account': { status: 403, title: 'A token has no account of its own' },
  'foreign-origin': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'already-set-up': { status: 409, title: 'There is an administrator already' },
  'last-administrator': { status: 409, title: 'There would be no administrator any more' },
  'own-account': { status: 409, title: 'This is your own account' },
  'person-known': { status: 409, title: 'Somebody has this address already' },
  'no-password': { status: 409, title: 'This account has no password' },
  'second-factor-on': { status: 409, title: 'The second factor is on already' },
  'second-factor-demanded': { status: 409, title: 'The second factor is demanded here' },
  'second-factor-off': { status: 409, title: 'The second factor is off' },
  'incident-over': { status: 409, title: 'The incident is over' },
  'check-running': { status: 409, title: 'The sources are being read already' },
  'watch-off': { status: 409, title: 'The CERT watch is off' },
  'name-taken': { status: 409, title: 'Another host has this name' },
  'address-taken': { status: 409, title: 'Another page has this address' },
  'limit-reached': { status: 409, title: 'There are as many as there can be' },
  'mail-not-set': { status: 409, title: 'No mail leaves this hub' },
  'set-elsewhere': { status: 409, title: 'The settings of the hub say so' },
  'link-refused': { status: 410, title: 'This sign-in link is used, expired or unknown' },
  'action-refused': { status: 410, title: 'This link of a mail is expired or unknown' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unknown-content': { status: 415, title: 'The body is of a kind that is not read here' },
  misdirected: { status: 421, title: 'The hub does not answer to this name' },
  'credentials-needed': { status: 422, title: 'The first administrator needs e-mail and password' },
  'wrong-password': { status: 422, title: 'This is not your password' },
  'wrong-code': { status: 422, title: 'The code is wrong, used or too old' },
  'draft-refused': { status: 422, title: 'What was written makes no sense' },
  'too-many-requests': { status: 429, title: 'Too many tries' },
  internal: { status: 500, title: 'The hub failed; its log says why' },
  unavailable: { status: 503, title: 'The hub cannot answer now' },
} as const satisfies Readonly<Record<string, Kind>>

export type ProblemCode = keyof typeof PROBLEMS

export const PROBLEM_TYPE = 'application/problem+json'

/** What is wrong with one part of a request; `field` is a JSON pointer after the part's name, as in `query/limit`. */
export interface FieldFault {
  readonly field: string
  readonly message: string
}

export interface ProblemDocument extends Kind {
  readonly type: string
  readonly detail?: string
  readonly errors?: readonly FieldFault[]
}

export function problemDocument(
  code: ProblemCode,
  detail?: string,
  errors?: readonly FieldFault[],
): ProblemDocument {
  return {
    type: `/docs#${code}`,
    ...PROBLEMS[code],
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors }),
  }
}

/** Thrown by a route; the client is told all of it. `detail` is one sentence: what is wrong and what to do. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly statusCode: number
  readonly errors: readonly FieldFault[] | undefined

  constructor(code: ProblemCode, detail?: string, errors?: readonly FieldFault[]) {
    super(detail ?? PROBLEMS[code].title)
    this.name = 'ProblemError'
    this.code = code
    this.statusCode = PROBLEMS[code].status
    this.errors = errors
  }

  toDocument(): ProblemDocument {
    return problemDocument(this.code, this.message, this.errors)
  }
}
