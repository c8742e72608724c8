// Owns the trial of rules over HTTP before they are kept: against the last values, and against stored history.
import { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Preview, PreviewRequest, ReplayLine, ReplayRequest } from '@vigie/shared/api/rule-trial'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { ProblemError } from '../http/problem.ts'
import type { Replay, Rules } from './alert-ports.ts'
import { whileWanted } from './history-routes.ts'
import { sensible } from './rule-routes.ts'

export interface RuleTrialRouteOptions {
  readonly rules: Rules
  readonly replay: Replay
}

/** Each reads days of every host that the rule means; what serves the page must not wait behind them. */
const MAX_REPLAYS = 2
const MAX_RANGE_MS = 31 * 86_400_000
const NDJSON = 'application/x-ndjson'

export function addRuleTrialRoutes(app: FastifyInstance, options: RuleTrialRouteOptions): void {
  const { rules, replay } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  let running = 0

  routes.post(
    '/rules/preview',
    {
      config: { access: 'viewer', hosts: 'fleet', isReading: true },
      schema: {
        summary: 'What each host measures now against a rule that is not kept',
        tags: ['rules'],
        body: PreviewRequest,
        response: { 200: Preview },
      },
    },
    (request) => ({
      items: [...rules.preview(sensible(request, request.body.draft, 'body/draft'))],
    }),
  )

  routes.post(
    '/rules/replay',
    {
      config: { access: 'viewer', hosts: 'fleet', isReading: true },
      schema: {
        summary: 'When a rule would have fired on what is stored, and how many mails it had sent',
        description:
          'A line of progress for each host, then one with the result. It ends when whoever asked goes away.',
        tags: ['rules'],
        produces: [NDJSON],
        body: ReplayRequest,
        response: { 200: ReplayLine },
      },
    },
    (request, reply) => {
      const { from: fromMs, to: toMs } = request.body
      const draft = sensible(request, request.body.draft, 'body/draft')
      checkRange(fromMs, toMs)
      if (running >= MAX_REPLAYS) {
        throw new ProblemError(
          'too-many-requests',
          'Two replays run already: try again in a while.',
        )
      }
      running++
      reply.raw.once('close', () => running--)
      const signal = whileWanted(reply)
      const lines = linesOf(replay({ draft, fromMs, toMs, signal }), { signal, log: request.log })
      void reply.type(NDJSON).send(Readable.from(lines, { objectMode: false }) as never)
    },
  )
}

async function* linesOf(
  replaying: ReturnType<Replay>,
  { signal, log }: { signal: AbortSignal; log: FastifyBaseLogger },
): AsyncGenerator<string> {
  const written = (line: ReplayLine): string => `${JSON.stringify(line)}\n`
  try {
    for await (const line of replaying) yield written(line)
  } catch (error) {
    if (signal.aborted) return
    log.error({ err: error }, 'a rule could not be replayed')
    // The status is said already: the last line says it.
    yield written({ type: 'failed', detail: 'The hub failed; its log says why.' })
  }
}

function checkRange(fromMs: number, toMs: number): void {
  const message =
    fromMs >= toMs
      ? 'must be before `to`'
      : toMs - fromMs > MAX_RANGE_MS
        ? `must be at most ${MAX_RANGE_MS / 86_400_000} days before \`to\``
        : undefined
  if (message === undefined) return
  throw new ProblemError('invalid-request', `body/from ${message}`, [
    { field: 'body/from', message },
  ])
}
