// Owns what the buttons of a mail do over HTTP: the token in the mail is the right to do one thing, and looking does nothing.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Incident } from '@vigie/shared/api/incident'
import {
  DEFAULT_SILENCE_MINUTES,
  MailAction,
  MailActionConfirmation,
  MailActionInspection,
  MailActionOutcome,
  type ActionIncident,
} from '@vigie/shared/api/mail-action'
import type { SilenceDraft } from '@vigie/shared/api/silence'
import { isAmong } from '@vigie/shared/mail-address'
import type { FastifyInstance } from 'fastify'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import type { Incidents, Rules, Silences } from './alert-ports.ts'
import type { MailActions, MailDesk } from './mail-ports.ts'

export interface MailActionRouteOptions {
  readonly mailActions: MailActions
  readonly incidents: Incidents
  readonly silences: Silences
  readonly rules: Rules
  readonly mailDesk: MailDesk
  readonly clock: Clock
}

// By address, as signing in: far from what guessing a token takes.
const TRIES = { rateLimit: { max: 10, timeWindow: '1 minute' } }

export function addMailActionRoutes(app: FastifyInstance, options: MailActionRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.post(
    '/mail-actions/inspect',
    {
      config: { access: 'open', isReading: true, ...TRIES },
      schema: {
        summary: 'What the button of a mail would do; does nothing',
        tags: ['mails'],
        body: MailActionInspection,
        response: { 200: MailAction },
      },
    },
    async (request) => {
      const { grant, incident } = await granted(options, request.body.token)
      return actionOf(grant, incident)
    },
  )

  routes.post(
    '/mail-actions/confirm',
    {
      config: { access: 'open', audit: 'incident.mail-button', ...TRIES },
      schema: {
        summary: 'Do what the button of a mail says, in the name of its recipient',
        tags: ['mails'],
        body: MailActionConfirmation,
        response: { 200: MailActionOutcome },
      },
    },
    async (request) => {
      const { token, minutes = DEFAULT_SILENCE_MINUTES } = request.body
      const { grant, incident } = await granted(options, token)
      request.auditNote.actor = { kind: 'mail', id: null, name: grant.recipient }
      request.auditNote.target = String(incident.id)
      request.auditNote.detail = grant.action
      const done =
        grant.action === 'acknowledge'
          ? await acknowledge(options, grant)
          : await silence(options, grant, { incident, minutes })
      const after = (await options.incidents.get(incident.id)) ?? incident
      return { ...done, ...actionOf(grant, after) }
    },
  )
}

type Grant = NonNullable<ReturnType<MailActions['read']>>
type Done = Pick<MailActionOutcome, 'outcome' | 'endsMs'>

async function granted(
  options: MailActionRouteOptions,
  token: string,
): Promise<{ grant: Grant; incident: Incident }> {
  const grant = options.mailActions.read(token)
  const incident = grant && (await options.incidents.get(grant.incidentId))
  if (grant && incident && (await isStillMailed(options, grant))) return { grant, incident }
  throw new ProblemError(
    'action-refused',
    'The links of a mail are good for a week, while you are a recipient: sign in to do it on the page.',
  )
}

/** Who was taken off the recipients, and whom no rule names, has no say any more (docs/access.md, T2). */
async function isStillMailed(
  { mailDesk, rules }: MailActionRouteOptions,
  { recipient }: Grant,
): Promise<boolean> {
  const { recipients } = await mailDesk.setup()
  const mailed = [
    ...recipients.map(({ address }) => address),
    ...rules.list().flatMap((rule) => rule.recipients),
  ]
  return isAmong(mailed, recipient)
}

async function acknowledge({ incidents }: MailActionRouteOptions, grant: Grant): Promise<Done> {
  const outcome = await incidents.acknowledge(grant.incidentId, { by: grant.recipient })
  return { outcome: outcome === 'unknown' ? 'over' : outcome, endsMs: null }
}

async function silence(
  { silences, clock }: MailActionRouteOptions,
  grant: Grant,
  { incident, minutes }: { incident: Incident; minutes: number },
): Promise<Done> {
  const startsMs = clock.nowMs()
  const draft: SilenceDraft = {
    ...matchOf(incident),
    startsMs,
    endsMs: startsMs + minutes * 60_000,
    comment: '',
  }
  // The button may be pressed twice, or the answer to the first time have been lost.
  const running = silences
    .list()
    .find(
      ({ createdBy, startsMs: since, scope, ruleIds }) =>
        createdBy === grant.recipient &&
        since <= startsMs &&
        isDeepStrictEqual({ scope, ruleIds }, matchOf(incident)),
    )
  if (running && running.endsMs > draft.endsMs - 60_000) {
    return { outcome: 'already', endsMs: running.endsMs }
  }
  const { endsMs } = await silences.create(draft, grant.recipient)
  return { outcome: 'done', endsMs }
}

/** The rule on that host; of the whole fleet where it is no one host's. */
function matchOf({ hostId, rule }: Incident): Pick<SilenceDraft, 'scope' | 'ruleIds'> {
  return {
    scope: hostId === null ? { type: 'all' } : { type: 'hosts', hostIds: [hostId] },
    ruleIds: [rule.id],
  }
}

function actionOf({ action, recipient }: Grant, incident: Incident): MailAction {
  return { action, recipient, incident: shownOf(incident) }
}

function shownOf(incident: Incident): ActionIncident {
  const { id, kind, rule, severity, hostId, hostName, series, state } = incident
  const { sinceMs, firedMs, resolvedMs, owner, value, worst, detail } = incident
  return {
    ...{ id, kind, rule, severity, hostId, hostName, series, state },
    ...{ sinceMs, firedMs, resolvedMs, owner, value, worst, detail },
  }
}
