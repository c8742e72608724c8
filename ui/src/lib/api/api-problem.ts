// Owns how a refused or failed request is told: the hub's problem document (RFC 9457), or why there is none.

/** `status` is 0 when the hub could not be reached. `detail` is written for people. */
export class ApiProblem extends Error {
  readonly status: number
  readonly type: string
  readonly detail: string | undefined

  constructor(problem: { status: number; title: string; type?: string; detail?: string }) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.type = problem.type ?? 'about:blank'
    this.detail = problem.detail
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
  const fallback = { status: response.status, title: `${response.status} ${response.statusText}` }
  const body: unknown = await response.json().catch(() => null)
  if (typeof body !== 'object' || body === null) return new ApiProblem(fallback)
  const { title, message, detail, type } = body as Record<string, unknown>
  return new ApiProblem({
    status: response.status,
    title: text(title) ?? text(message) ?? fallback.title,
    ...(text(detail) && { detail: text(detail) }),
    ...(text(type) && { type: text(type) }),
  } as ConstructorParameters<typeof ApiProblem>[0])
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
