// Owns how a refused or failed request is told: the hub's problem document (RFC 9457), or why there is none.

/** What is wrong with one part of what was sent; `field` is a path after the part's name, as `body/condition/clearAt`. */
export interface FieldFault {
  readonly field: string
  readonly message: string
}

interface Told {
  readonly status: number
  readonly title: string
  readonly type?: string | undefined
  readonly detail?: string | undefined
  readonly faults?: readonly FieldFault[]
  readonly retryAfterS?: number | undefined
}

/** `status` is 0 when the hub could not be reached. `detail` is written for people. */
export class ApiProblem extends Error {
  readonly status: number
  readonly type: string
  readonly detail: string | undefined
  readonly faults: readonly FieldFault[]
  /** How long the hub asks to wait before the next try. */
  readonly retryAfterS: number | undefined

  constructor(problem: Told) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.type = problem.type ?? 'about:blank'
    this.detail = problem.detail
    this.faults = problem.faults ?? []
    this.retryAfterS = problem.retryAfterS
  }

  /** Which kind of problem it is, in the hub's one word: `wrong-password`. */
  get code(): string {
    return this.type.slice(this.type.indexOf('#') + 1)
  }

  get isUnreachable(): boolean {
    return this.status === 0
  }

  get isSignedOut(): boolean {
    return this.status === 401
  }
}

/** Reads the problem document of a response that is not OK; a body that is none gives the status line. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfterS = Number(response.headers.get('retry-after')) || undefined
  const title = `${response.status} ${response.statusText}`
  const fallback = { status: response.status, title, retryAfterS }
  const body: unknown = await response.json().catch(() => null)
  if (typeof body !== 'object' || body === null) return new ApiProblem(fallback)
  const { title: said, message, detail, type, errors } = body as Record<string, unknown>
  return new ApiProblem({
    ...fallback,
    title: text(said) ?? text(message) ?? title,
    detail: text(detail),
    type: text(type),
    faults: Array.isArray(errors) ? errors.filter(isFault) : [],
  })
}

function isFault(value: unknown): value is FieldFault {
  if (typeof value !== 'object' || value === null) return false
  const { field, message } = value as Record<string, unknown>
  return text(field) !== undefined && text(message) !== undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
